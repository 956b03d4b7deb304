import fc from 'fast-check';

/** A valid value, or one of those that services send instead. */
function mostly<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 6, arbitrary },
    {
      weight: 1,
      arbitrary: fc.constantFrom<unknown>(null, undefined, {}, [], 7, 'x', true, { status: 'unavailable' }),
    },
  );
}

/** A record in which each field may be missing or of another type. */
function loosely(fields: Readonly<Record<string, fc.Arbitrary<unknown>>>): fc.Arbitrary<unknown> {
  return mostly(fc.record(fields, { requiredKeys: [] }));
}

function few(item: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return mostly(fc.array(item, { maxLength: 4 }));
}

const status = fc.constantFrom('success', 'success', 'success', 'unavailable', 'failed');

/** The results of all features, with this text wherever there can be text. */
export function anyResults(
  text: fc.Arbitrary<string>,
  time: fc.Arbitrary<unknown>,
): fc.Arbitrary<Record<string, unknown>> {
  const lines = fc.array(text, { maxLength: 3 }).map((each) => each.map((line) => `- ${line}`).join('\n'));
  const prose = mostly(fc.oneof(text, lines, fc.array(text, { maxLength: 3 })));
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const shares = mostly(fc.dictionary(text, share, { maxKeys: 4 }));
  const texts = mostly(
    fc.dictionary(fc.oneof(fc.constantFrom('de', 'ar', 'xx'), text), text, { maxKeys: 3 }),
  );
  const span = loosely({ start: time, end: time });
  const part = loosely({
    start: time,
    headline: text,
    gist: text,
    summary: prose,
    text: prose,
    bullets: prose,
  });
  const item = fc.oneof(
    text,
    loosely({ action_item: text, decision: text, quote: text, timestamp: fc.oneof(time, text, span) }),
  );
  const labels = few(loosely({ label: text, relevance: share, confidence: share, severity: share }));
  const found = loosely({
    status,
    results: few(loosely({ text, labels, timestamp: span })),
    summary: shares,
    severity_score_summary: mostly(fc.dictionary(text, shares, { maxKeys: 3 })),
  });
  const understanding = {
    speaker_identification: loosely({ status, mapping: mostly(fc.dictionary(text, text, { maxKeys: 3 })) }),
    translation: loosely({ status, target_languages: few(text) }),
    custom_formatting: loosely({
      status,
      mapping: mostly(fc.dictionary(text, text, { maxKeys: 3 })),
      formatted_text: text,
      formatted_utterances: few(loosely({ text })),
    }),
    summarization: loosely({
      status,
      summary: few(part),
      block_summary: fc.oneof(prose, loosely({ text: prose, bullets: prose })),
    }),
    action_items: loosely({ status, items: few(item), decisions: few(item) }),
  };
  return fc.record(
    {
      redact_pii: fc.boolean(),
      redact_pii_policies: few(text),
      redact_pii_sub: text,
      unredacted_text: text,
      sentiment_analysis: fc.boolean(),
      entity_detection: fc.boolean(),
      auto_highlights: fc.boolean(),
      language_codes: few(text),
      language_detection_results: loosely({
        code_switching_languages: few(loosely({ language: text, language_code: text })),
      }),
      metadata: loosely({ domain_used: text, warning: text, warnings: few(loosely({ message: text })) }),
      summary: prose,
      summary_type: fc.constantFrom('bullets', 'gist', 'paragraph'),
      chapters: few(part),
      auto_highlights_result: loosely({
        status,
        results: few(loosely({ text, count: share, rank: share, timestamps: few(span) })),
      }),
      entities: few(loosely({ entity_type: text, text, start: time })),
      sentiment_analysis_results: few(
        loosely({
          sentiment: fc.constantFrom('POSITIVE', 'NEUTRAL', 'NEGATIVE', 'BORED'),
          speaker: fc.oneof(fc.constantFrom('A', 'B'), text),
          start: time,
        }),
      ),
      iab_categories_result: found,
      content_safety_labels: found,
      translated_texts: texts,
      speech_understanding: loosely({
        request: loosely(understanding),
        response: loosely(understanding),
      }),
    },
    { requiredKeys: [] },
  );
}
