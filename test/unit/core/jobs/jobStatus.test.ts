import assert from 'node:assert/strict';
import type { JobEntry } from '../../../../src/core/jobs/jobEntry';
import { groupJobs } from '../../../../src/core/jobs/jobGroups';
import { statusOf } from '../../../../src/core/jobs/jobStatus';
import { anEntry, offline } from '../../../support/jobEntries';

const statusNow = (entries: readonly JobEntry[]) => statusOf(groupJobs(entries, 0));

const running = (id: string): JobEntry => anEntry('saved', { id }, { progress: { step: 'saving' } });
const waiting = (id: string): JobEntry => anEntry('waiting', { id });
const failed = anEntry('uploading', { id: 'failed', halt: offline });

describe('statusOf', () => {
  it('says nothing when there is nothing to do', () => {
    assert.equal(statusNow([]), undefined);
    assert.equal(statusNow([anEntry('done')]), undefined);
  });

  it('counts what there is, under the sign of what matters most', () => {
    assert.deepEqual(statusNow([running('1'), running('2'), waiting('3')]), {
      text: '2 transcribing, 1 waiting',
      tooltip: 'standup.mp3: Writing the note\nstandup.mp3: Writing the note',
      sign: 'running',
    });
    const both = statusNow([waiting('1'), failed]);
    assert.deepEqual([both?.text, both?.sign], ['1 waiting, 1 failed', 'waiting']);
    assert.deepEqual(statusNow([failed]), {
      text: '1 failed',
      tooltip: 'Show the transcripts',
      sign: 'failed',
    });
  });

  it('does not list hundreds of jobs', () => {
    const many = Array.from({ length: 200 }, (_, index) => running(String(index)));
    const lines = statusNow(many)?.tooltip.split('\n') ?? [];
    assert.equal(lines.length, 11);
    assert.equal(lines.at(-1), 'and 190 more');
  });
});
