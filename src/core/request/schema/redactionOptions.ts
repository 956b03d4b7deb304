import { Type } from '@sinclair/typebox';
import { choice, flag, oneOf, orNull } from './fields';

/** What can be redacted, in the API's names. */
export const redactionPolicies = [
  ...['account_number', 'banking_information', 'blood_type', 'credit_card_cvv', 'credit_card_expiration'],
  ...['credit_card_number', 'date', 'date_interval', 'date_of_birth', 'drivers_license', 'drug', 'duration'],
  ...['email_address', 'event', 'filename', 'gender_sexuality', 'healthcare_number', 'injury', 'ip_address'],
  ...['language', 'location', 'marital_status', 'medical_condition', 'medical_process', 'money_amount'],
  ...['nationality', 'number_sequence', 'occupation', 'organization', 'passport_number', 'password'],
  ...['person_age', 'person_name', 'phone_number', 'physical_attribute', 'political_affiliation', 'religion'],
  ...['statistics', 'time', 'url', 'us_social_security_number', 'username', 'vehicle_id', 'zodiac_sign'],
  // These are not yet in AssemblyAI’s OpenAPI file.
  ...['gender', 'sexuality', 'location_address', 'location_address_street', 'location_city'],
  ...['location_coordinate', 'location_country', 'location_state', 'location_zip'],
  'organization_medical_facility',
  // These are experimental, and for English.
  ...['corporate_action', 'day', 'effect', 'financial_metric', 'medical_code', 'month', 'organization_id'],
  ...['product', 'project', 'trend', 'year'],
] as const;

const audioOptions = Type.Object(
  {
    override_audio_redaction_method: choice(['silence'], {
      description: 'What is heard instead: "silence". Default: a beep.',
    }),
    return_redacted_no_speech_audio: flag('Make redacted audio even if there is no speech. Default: false.'),
  },
  { description: 'How audio is redacted. With redact_pii_audio.' },
);

/** Parameters about redaction. */
export const redactionOptions = {
  redact_pii: flag(
    'Replace personal information in the text, as redact_pii_policies says. What else is asked for, such as entities or a summary, can still hold it. About 50 languages. Needs format_text. Default: false.',
  ),
  redact_pii_policies: Type.Optional(
    Type.Array(
      oneOf(redactionPolicies, {
        mustBe: 'a kind of information that AssemblyAI redacts, such as "person_name"',
      }),
      {
        description: 'What is replaced: at least one kind of information.',
        mustBe: 'a list of kinds of information',
      },
    ),
  ),
  redact_pii_sub: orNull(oneOf(['hash', 'entity_name']), {
    default: 'hash',
    description:
      'What is written instead: "hash" for #### (the default), or "entity_name" for [PERSON_NAME].',
  }),
  redact_pii_audio: flag(
    'Also make audio in which personal information cannot be heard; the recording must be smaller than 1 GB. Default: false.',
  ),
  redact_pii_audio_quality: choice(['mp3', 'wav'], {
    default: 'mp3',
    description: 'The format of redacted audio: "mp3" (the default) or "wav".',
  }),
  redact_pii_audio_options: Type.Optional(audioOptions),
  redact_pii_return_unredacted: flag(
    'Also return the text as it was, beside the redacted one. Default: false.',
  ),
  redact_static_entities: Type.Optional(
    Type.Record(Type.String(), Type.Array(Type.String({ minLength: 1 })), {
      mustBe: 'an object of labels, each with a list of texts',
      description:
        'Texts that are always replaced, under a label each: {"PROJECT": ["Blue Heron"]}. Needs redact_pii.',
    }),
  ),
};
