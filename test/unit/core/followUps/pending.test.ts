import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/failures/failure';
import type { FollowUp } from '../../../../src/core/followUps/followUp';
import {
  isLostForGood,
  pendingText,
  lostAudioText,
  stopsAll,
  pendingRemedyFor,
} from '../../../../src/core/followUps/pending';

const followUp: FollowUp = {
  transcriptId: 't-1',
  service: 'https://api.assemblyai.com',
  name: 'stand\nup.mp3',
  redactedAudio: null,
  deletes: true,
};
const host = 'api.assemblyai.com';
const stillThere = new Failure('notDeleted', 'Read back', { transcriptId: 't-1', host });

describe('What is pending', () => {
  it('is told with its reason', () => {
    assert.equal(
      pendingText([{ followUp, failure: stillThere }]),
      'The transcript of “stand up.mp3” is not deleted at the service yet. AssemblyAI still has the text of transcript t-1, though it was asked to delete it: try again in a few minutes.',
    );
    const failure = new Failure('transcriptNotReady', 'Still made', { transcriptId: 't-1', host });
    assert.match(
      pendingText([{ followUp: { ...followUp, redactedAudio: '/a.mp3' }, failure }]),
      /^The redacted audio of “stand up\.mp3” is not saved yet\. AssemblyAI has not finished transcript t-1/,
    );
  });

  it('is counted where it is more than one transcript', () => {
    const pending = [stillThere, stillThere, stillThere].map((failure) => ({ followUp, failure }));
    assert.match(
      pendingText(pending),
      /^3 transcripts are not deleted at the service yet, .* AssemblyAI still has/,
    );
    assert.equal(pendingText([]), '');
  });

  it('stops for a failure of the service, but not for one that concerns a single transcript', () => {
    assert.equal(stopsAll(stillThere), false);
    for (const kind of ['offline', 'keyRejected', 'rateLimited', 'otherServer', 'cancelled'] as const) {
      assert.equal(stopsAll(new Failure(kind, '')), true, kind);
    }
  });

  it('is lost for good where the service has no audio any more', () => {
    for (const kind of ['transcriptDeleted', 'invalidRequest'] as const) {
      assert.ok(isLostForGood(new Failure(kind, '')));
    }
    for (const kind of ['transcriptNotReady', 'notFound'] as const) {
      assert.ok(!isLostForGood(new Failure(kind, '')));
    }
  });

  it('can be forgotten where the key does not know the transcript', () => {
    const failure = new Failure('notFound', '', { transcriptId: 't-1', host });
    assert.equal(pendingRemedyFor(failure), 'forget');
    assert.equal(
      pendingText([{ followUp, failure }]),
      'The transcript of “stand up.mp3” is not deleted at the service yet. AssemblyAI does not know it with this key: it may be deleted already, or belong to another key.',
    );
  });

  it('can be done without audio that cannot be written, but not because a name is taken', () => {
    assert.equal(pendingRemedyFor(new Failure('fileUnwritable', '', { code: 'EACCES' })), 'withoutAudio');
    assert.equal(pendingRemedyFor(new Failure('fileUnwritable', '', { code: 'EEXIST' })), 'none');
    assert.equal(pendingRemedyFor(stillThere), 'none');
  });

  it('is deleted although its audio is lost', () => {
    const lost = new Failure('invalidRequest', 'expired', { status: 400, host });
    assert.match(
      lostAudioText(followUp, lost),
      /^There is no redacted audio of “stand up\.mp3” to be saved\. .* Its transcript is deleted there anyway\.$/,
    );
    assert.ok(!lostAudioText({ ...followUp, deletes: false }, lost).includes('anyway'));
  });
});
