import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { JobIn } from '../../../../src/core/jobs/job';
import { isRedactedAudioName } from '../../../../src/core/recordings/redactedAudioName';
import { followUpFor } from '../../../../src/host/jobs/followUpFor';
import { numberedPaths } from '../../../../src/host/note/numberedPaths';
import { findRecordings } from '../../../../src/host/recordings/findRecordings';
import { writeNew } from '../../../../src/node/files';
import { aJob } from '../../../support/jobEntries';

describe('findRecordings', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'steno-find-'));
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('finds those below it, but no hidden files, tools or TypeScript', async () => {
    for (const name of [
      'b.MP3',
      'a/c.wav',
      'a/main.ts',
      'notes.md',
      '.hidden/x.mp3',
      'node_modules/p/x.mp3',
    ]) {
      await writeNew(path.join(folder, name), 'x');
    }
    const found = await findRecordings(folder);
    assert.deepEqual(
      found.map((file) => path.relative(folder, file)),
      [path.join('a', 'c.wav'), 'b.MP3'],
    );
  });

  it('leaves out redacted recordings beside their originals, unless given one directly', async () => {
    const names = [
      'redacted.mp3',
      'talk.mp3',
      'talk.redacted-2.mp3',
      'talk.redacted.mp3',
      'talk.redacted.wav',
    ];
    names.forEach((name) => writeFileSync(path.join(folder, name), ''));
    const found = await findRecordings(folder);
    assert.deepEqual(
      found.map((file) => path.basename(file)),
      ['redacted.mp3', 'talk.mp3'],
    );
    const named = path.join(folder, 'talk.redacted.mp3');
    assert.deepEqual(await findRecordings(named), [named]);
  });

  it('recognises every name that a redacted recording is saved under', () => {
    for (const redact_pii_audio_quality of ['mp3', 'wav']) {
      const options = { redact_pii: true, redact_pii_audio: true, redact_pii_audio_quality };
      const stage = { phase: 'done', transcriptId: 'id-1', hasSidecar: true, note: '/talks/n.md' } as const;
      const job: JobIn<'done'> = { ...aJob({ instructions: { options, deleteAfterwards: false } }), stage };
      const target = followUpFor(job)?.redactedAudio;
      for (const candidate of numberedPaths(target ?? '').flatMap((paths) => [...paths])) {
        assert.ok(isRedactedAudioName(path.basename(candidate)), candidate);
      }
    }
  });
});
