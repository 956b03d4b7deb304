import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describeFailure } from '../../../../src/core/failures/describeFailure';
import { Failure } from '../../../../src/core/failures/failure';
import { progressText, SpeedMeter } from '../../../../src/core/jobs/progress';

describe('progressText', () => {
  it('counts bytes while they are sent', () => {
    const bytes = { sentBytes: 12_000_000, totalBytes: 35_200_000, savedBytes: 0 };
    const uploading = { step: 'uploading', ...bytes } as const;
    assert.equal(progressText(uploading, 0, 3_140_000), 'Uploading 34% (12.0 MB of 35.2 MB, 3.1 MB/s)');
    assert.equal(progressText(uploading, 0, null), 'Uploading 34% (12.0 MB of 35.2 MB)');
  });

  it('shows the time, and no percentage, once the service works', () => {
    const queued = { step: 'queued', sinceMs: 1000, connected: true, done: null } as const;
    assert.equal(progressText(queued, 13_500, null), 'Queued for 0:12');
    const lost = { step: 'processing', sinceMs: 0, connected: false, done: null } as const;
    assert.equal(
      progressText(lost, 3_725_000, null),
      'Processing for 1:02:05. No recent answer, trying again',
    );
  });

  it('shows how far a service is that says so, and no more than it says', () => {
    const done = { fraction: 0.429, remainingMs: 31_000 };
    const working = { step: 'processing', sinceMs: 0, connected: true, done } as const;
    assert.equal(progressText(working, 9000, null), '42% transcribed, about 0:31 left');
    const unsure = { ...working, done: { fraction: 0, remainingMs: null } };
    assert.equal(progressText(unsure, 9000, null), '0% transcribed');
    assert.equal(
      progressText({ ...working, connected: false }, 9000, null),
      '42% transcribed, about 0:31 left. No recent answer, trying again',
    );
  });

  it('does not call it an upload when nothing leaves the machine', () => {
    const copying = { step: 'copying', sentBytes: 5_000_000, totalBytes: 10_000_000, savedBytes: 0 } as const;
    assert.equal(progressText(copying, 0, null), 'Copying 50% (5.0 MB of 10.0 MB)');
    assert.equal(
      progressText({ ...copying, sentBytes: 10_000_000 }, 0, null),
      'Copied 10.0 MB, waiting for the answer',
    );
  });

  it('says so when all is sent and only the answer is missing', () => {
    const sent = { step: 'uploading', sentBytes: 258_000, totalBytes: 258_000, savedBytes: 0 } as const;
    assert.equal(progressText(sent, 0, 1000), 'Uploaded 258 kB, waiting for the answer');
  });

  it('says how much less the sound of a video is', () => {
    const bytes = { sentBytes: 2_000_000, totalBytes: 8_000_000, savedBytes: 92_000_000 };
    const sound = { step: 'uploading', ...bytes } as const;
    assert.equal(
      progressText(sound, 0, 1_000_000),
      'Uploading the sound 25% (2.0 MB of 8.0 MB, 92.0 MB less than the video, 1.0 MB/s)',
    );
    assert.equal(
      progressText({ ...sound, sentBytes: 8_000_000 }, 0, null),
      'Uploaded the sound 8.0 MB, waiting for the answer',
    );
  });

  it('names the steps on this machine', () => {
    assert.equal(progressText({ step: 'checking' }, 0, null), 'Looking at the recording');
    assert.equal(
      progressText({ step: 'extracting', fraction: 0.999 }, 0, null),
      'Taking the sound out of the video, 99%',
    );
    assert.equal(progressText({ step: 'saving' }, 0, null), 'Writing the note');
  });

  it('says what went wrong, and when the next try is', () => {
    const failure = new Failure('offline', 'ENOTFOUND', { host: 'api.example.test' });
    const { sentence } = describeFailure(failure);
    assert.equal(
      progressText({ step: 'retrying', failure, untilMs: 100_000 }, 25_000, null),
      `${sentence} Next try in 1:15`,
    );
  });

  it('never shows 100% too early', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_200_000_000 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (total, part) => {
          const sentBytes = Math.floor(total * part);
          const uploading = { step: 'uploading', sentBytes, totalBytes: total, savedBytes: 0 } as const;
          const text = progressText(uploading, 0, null);
          assert.match(text, /Uploading \d\d?% /);
        },
      ),
    );
  });
});

describe('SpeedMeter', () => {
  it('knows nothing at first, then the speed of the last seconds', () => {
    const meter = new SpeedMeter();
    meter.add(0, 0);
    meter.add(400, 400_000);
    assert.equal(meter.bytesPerSecond(400), null);
    meter.add(1000, 1_000_000);
    assert.equal(meter.bytesPerSecond(1000), 1_000_000);
    for (let second = 2; second <= 20; second++) {
      meter.add(second * 1000, 1_000_000 + (second - 1) * 50_000);
    }
    assert.equal(meter.bytesPerSecond(20_000), 50_000);
    assert.equal(meter.bytesPerSecond(25_000), 25_000);
    assert.equal(Math.round(meter.bytesPerSecond(1e12) ?? -1), 0, 'nothing for ages');
  });

  it('starts anew when an upload does', () => {
    const meter = new SpeedMeter();
    meter.add(0, 0);
    meter.add(1000, 9_000_000);
    meter.add(1100, 0);
    assert.equal(meter.bytesPerSecond(1100), null);
    meter.add(2100, 100_000);
    assert.equal(meter.bytesPerSecond(2100), 100_000);
  });
});
