import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  appendFile,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import type { AssemblyAiClient } from '../../../src/assemblyai/client';
import { describeFailure } from '../../../src/core/failures/describeFailure';
import type { Failure } from '../../../src/core/failures/failure';
import type { Recording } from '../../../src/core/ports';
import { answerMs } from '../../../src/assemblyai/upload';
import { diskFailure } from '../../../src/node/diskFailure';
import { RecordingFile } from '../../../src/node/recordingFile';
import { faults } from '../../support/server/faults';
import type { ScriptedServer } from '../../support/server/scriptedServer';
import { failureOf, neverAborted, patternedBytes, recordingAt, Stage, until } from './stage';

/** More than the buffers of both sockets can hold, so that the client has to wait for a server that stops reading. */
const manyBytes = 48 * 1024 * 1024;

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whether this process has the file open; only known on Linux. */
async function isOpen(path: string): Promise<boolean> {
  if (!existsSync('/proc/self/fd')) {
    return false;
  }
  const names = await readdir('/proc/self/fd');
  const targets = await Promise.all(names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')));
  return targets.includes(path);
}

describe('An upload', () => {
  let stage: Stage;
  let server: ScriptedServer;
  let client: AssemblyAiClient;

  beforeEach(async () => {
    stage = new Stage();
    server = await stage.startServer();
    client = stage.client(server.url);
  });
  afterEach(() => stage.close());

  for (const length of [1, 65_535, 65_536, 65_537, 524_288, 5_000_001]) {
    it(`of ${length} bytes arrives as it is on disk`, async () => {
      const recording = await stage.recording(length);
      const progress: number[] = [];
      const upload = await client.upload(recording, {
        signal: neverAborted,
        onProgress: (sent) => progress.push(sent),
      });
      const [request] = server.requestsOf('upload');
      assert.equal(request?.headers['content-length'], String(length));
      assert.equal(request.headers['content-type'], 'application/octet-stream');
      assert.equal(request.bytes, length);
      assert.equal(request.sha256, sha256(patternedBytes(length)));
      assert.equal(upload.sha256, request.sha256);
      assert.match(upload.url, /^http:\/\/127\.0\.0\.1:\d+\/upload\/[0-9a-f-]{36}$/);
      assert.equal(progress.at(-1), length);
      assert.deepEqual(
        progress,
        [...new Set(progress)].sort((a, b) => a - b),
      );
      assert.equal(await isOpen(recording.path), false);
    });
  }

  it('arrives unchanged through a connection that is slower than the disk', async () => {
    const slow = await stage.startServer({ uploadBytesPerSecond: 64 * 1024 * 1024 });
    const recording = await stage.recording(16 * 1024 * 1024);
    const upload = await stage.client(slow.url).upload(recording, { signal: neverAborted });
    assert.equal(upload.sha256, slow.requestsOf('upload')[0]?.sha256);
  });

  it('that is aborted ends at once and closes socket and file', async () => {
    const recording = await stage.recording(manyBytes);
    const slow = await stage.startServer({ uploadBytesPerSecond: 16 * 1024 * 1024 });
    const controller = new AbortController();
    let sent = 0;
    const uploading = failureOf(
      stage
        .client(slow.url)
        .upload(recording, { signal: controller.signal, onProgress: (bytes) => (sent = bytes) }),
    );
    const request = await slow.arrived('upload');
    await until(() => sent > 0);
    controller.abort();
    assert.equal((await uploading).kind, 'cancelled');
    await request.closed;
    assert.equal(request.status, undefined);
    assert.equal(stage.clock.held, 0);
    await until(async () => !(await isOpen(recording.path)));
    assert.equal(slow.requests.length, 1);
  });

  it('that stalls starts again from its first byte', async () => {
    const recording = await stage.recording(manyBytes);
    server.fault('upload', faults.stall(1_000_000));
    const progress: number[] = [];
    let seen = 0;
    const uploading = client.upload(recording, {
      signal: neverAborted,
      onProgress: (sent) => {
        seen = sent;
        progress.push(sent);
      },
    });
    await server.arrived('upload');
    // Until the sockets are full.
    await until(() => seen > 1_000_000);
    await until(() => {
      stage.clock.elapse();
      return stage.log.text.includes('try 2');
    });
    const upload = await uploading;
    const [first, second] = server.requestsOf('upload');
    assert.equal(first?.status, undefined);
    assert.equal(second?.sha256, upload.sha256);
    assert.equal(second.bytes, manyBytes);
    assert.equal(progress.at(-1), manyBytes);
    assert.ok(progress.some((sent, at) => sent < (progress[at - 1] ?? 0)));
    assert.match(stage.log.text, /upload: timeout, Stalled after \d+ bytes; try 2/);
  });

  it('that gets no response after its last byte is given up after the second try', async () => {
    const recording = await stage.recording(1000);
    server.fault('upload', faults.silence(), Infinity);
    const uploading = failureOf(client.upload(recording, { signal: neverAborted }));
    let isOver = false;
    void uploading.then(() => (isOver = true));
    await until(() => {
      const requests = server.requestsOf('upload');
      const tries = stage.log.text.split('; try ').length;
      if (requests.length === tries && requests.at(-1)?.sha256 !== undefined) {
        stage.clock.elapse();
      }
      return isOver;
    });
    const failure = await uploading;
    assert.equal(failure.kind, 'uploadUnanswered');
    assert.equal(failure.message, 'No answer after the last byte');
    assert.match(describeFailure(failure).sentence, /“talk\.mp3” was sent whole.*gateway on the way/);
    assert.equal(server.requestsOf('upload').length, 2);
  });

  it('that a gateway could not hand on is given up after the second try', async () => {
    const recording = await stage.recording(1000);
    server.fault('upload', faults.error(504, 'Gateway Time-out'), Infinity);
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'uploadUnanswered');
    assert.match(describeFailure(failure).sentence, /\(HTTP 504\)/);
    assert.equal(server.requestsOf('upload').length, 2);
  });

  it('that a gateway drops after its last byte is given up after the second try', async () => {
    const recording = await stage.recording(manyBytes);
    server.fault('upload', faults.dropAfterBytes(manyBytes), Infinity);
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'uploadUnanswered');
    assert.equal(server.requestsOf('upload').length, 2);
  });

  it('may take longer to be answered the larger it is, and the slower it was sent', () => {
    const timeouts = { stallMs: 60_000, responseMs: 300_000 };
    assert.equal(answerMs(timeouts, 0, 0), 300_000);
    assert.equal(answerMs(timeouts, 1_000_000_000, 10_000), 1_300_000);
    assert.equal(answerMs(timeouts, 1_000_000, 900_000), 1_200_000);
  });

  it('is tried again from its first byte after errors that may pass', async () => {
    const recording = await stage.recording(3_000_000);
    server.fault('upload', faults.serverError());
    server.fault('upload', faults.dropAfterBytes(1_000_000));
    server.fault('upload', faults.garbled());
    server.fault('upload', faults.rateLimited(3));
    const upload = await client.upload(recording, { signal: neverAborted });
    const requests = server.requestsOf('upload');
    assert.equal(requests.length, 5);
    assert.equal(requests[4]?.sha256, upload.sha256);
    assert.ok(stage.clock.slept.includes(3000));
  });

  it('that is refused while it is sent is not tried again', async () => {
    const recording = await stage.recording(manyBytes);
    server.fault('upload', faults.early(413, 'Payload Too Large', 1_000_000));
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'tooLarge');
    assert.equal(failure.subject, 'talk.mp3');
    assert.match(describeFailure(failure).sentence, /“talk\.mp3” is too large \(HTTP 413\)/);
    const wrongKey = await failureOf(
      stage.client(server.url, { apiKey: 'wrong' }).upload(recording, { signal: neverAborted }),
    );
    assert.equal(wrongKey.kind, 'keyRejected');
    assert.equal(server.requestsOf('upload').length, 2);
    assert.equal(await isOpen(recording.path), false);
  });

  it('that is over the limit of the server is too large', async () => {
    const small = await stage.startServer({ uploadLimitBytes: 1_000_000 });
    const recording = await stage.recording(manyBytes);
    const failure = await failureOf(stage.client(small.url).upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'tooLarge');
  });

  it('that is cut off because of the key says so', async () => {
    const recording = await stage.recording(3_000_000);
    server.fault('upload', faults.dropAfterBytes(1000), Infinity);
    server.fault('list', faults.error(401, 'Authentication error, API token missing/invalid'));
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'keyRejected');
    assert.equal(server.requestsOf('upload').length, 1);
    assert.equal(server.requestsOf('list').length, 1);
  });

  it('that is repeatedly cut off is the network’s fault', async () => {
    const recording = await stage.recording(3_000_000);
    server.fault('upload', faults.dropAfterBytes(1000), Infinity);
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'network');
    assert.equal(server.requestsOf('upload').length, 5);
  });

  it('that is accepted before its end fails', async () => {
    const recording = await stage.recording(manyBytes);
    const early = JSON.stringify({ upload_url: `${server.url}/upload/1` });
    server.fault('upload', { ...faults.answer(200, early), readBytes: 1000 }, Infinity);
    const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
    assert.equal(failure.kind, 'unexpectedAnswer');
    assert.equal(server.requestsOf('upload').length, 3);
  });

  it('needs an answer with a URL', async () => {
    const recording = await stage.recording(1000);
    for (const body of ['{}', '[]', 'null', '{"upload_url":7}', '{"upload_url":"not a URL"}']) {
      server.fault('upload', faults.answer(200, body), 3);
      const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
      assert.equal(failure.kind, 'unexpectedAnswer', body);
    }
  });

  describe('of a file that changes', () => {
    /** Changes the file as soon as bytes have left, while the server reads slowly. */
    async function changing(recording: Recording, change: () => Promise<void>): Promise<void> {
      const slow = await stage.startServer({ uploadBytesPerSecond: 256 * 1024 * 1024 });
      let changed: Promise<void> | undefined;
      const changeOnce = (): void => {
        changed ??= change();
      };
      const failure = await failureOf(
        stage.client(slow.url).upload(recording, {
          signal: neverAborted,
          onProgress: changeOnce,
        }),
      );
      await changed;
      assert.equal(failure.kind, 'recordingChanged');
      assert.match(describeFailure(failure).sentence, /“talk\.mp3” changed while it was being uploaded/);
      assert.equal(slow.requestsOf('upload').length, 1, 'not tried again');
      await slow.requestsOf('upload')[0]?.closed;
      assert.equal(slow.requestsOf('upload')[0]?.sha256, undefined, 'never complete');
      assert.equal(await isOpen(recording.path), false);
    }

    it('by shrinking', async () => {
      const recording = await stage.recording(12_000_000);
      await changing(recording, () => truncate(recording.path, 1_000_000));
    });

    it('by growing', async () => {
      const recording = await stage.recording(12_000_000);
      await changing(recording, () => appendFile(recording.path, 'more'));
    });

    it('by being written to', async () => {
      const recording = await stage.recording(12_000_000);
      await changing(recording, () => utimes(recording.path, new Date(), new Date(Date.now() + 5000)));
    });

    it('by being replaced', async () => {
      const recording = await stage.recording(12_000_000);
      const other = await stage.recording(12_000_000, 'other.mp3');
      await utimes(other.path, recording.modifiedMs / 1000, recording.modifiedMs / 1000);
      await changing(recording, () => rename(other.path, recording.path));
    });

    it('only in the rounding of its time is the same file', async () => {
      const recording = await stage.recording(1000);
      for (const modifiedMs of [Math.round(recording.modifiedMs), Math.trunc(recording.modifiedMs)]) {
        await client.upload({ ...recording, modifiedMs }, { signal: neverAborted });
      }
    });

    it('before it begins', async () => {
      const recording = await stage.recording(1000);
      await writeFile(recording.path, 'other');
      const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
      assert.equal(failure.kind, 'recordingChanged');
      assert.equal(server.requests.length, 0);
    });
  });

  describe('of a file that cannot be read any more at its end', () => {
    let file: RecordingFile;
    let recording: Recording;

    /** The failure of the last of two chunks. */
    async function failureAfter(happens: () => Promise<void>): Promise<Failure> {
      recording = await stage.recording(100_000);
      file = await RecordingFile.open(recording);
      const chunks = file.chunks(stage.clock, () => undefined);
      assert.equal((await chunks.next()).value?.length, 65_536);
      await happens();
      return failureOf(chunks.next());
    }
    afterEach(() => file.close().catch(() => undefined));

    it('is the recording’s fault, not the network’s', async () => {
      // Waits for the read of the last chunk; after that the file is checked.
      const failure = await failureAfter(() => file.close());
      assert.equal(failure.kind, 'recordingUnreadable');
      assert.equal(failure.code, 'EBADF');
      assert.equal(failure.subject, 'talk.mp3');
    });

    it('says that it is missing', async () => {
      assert.equal((await failureAfter(() => rm(recording.path))).kind, 'recordingMissing');
    });
  });

  describe('of a file that cannot be read', () => {
    const upload = async (recording: Recording): Promise<string> => {
      const failure = await failureOf(client.upload(recording, { signal: neverAborted }));
      assert.equal(failure.subject, recording.name);
      assert.equal(server.requests.length, 0);
      return failure.kind;
    };

    it('says which it is', async () => {
      const recording = await stage.recording(1000);
      await rm(recording.path);
      assert.equal(await upload(recording), 'recordingMissing');
      assert.equal(await upload({ ...recording, path: `${recording.path}/deeper` }), 'recordingMissing');
      await mkdir(recording.path);
      assert.equal(await upload(recording), 'recordingIsFolder');
      assert.equal(await upload(await stage.recording(0, 'empty.mp3')), 'recordingEmpty');
      assert.equal(await upload(await recordingAt('/dev/null')), 'recordingUnreadable');
    });

    it('distinguishes permissions and broken disks from missing files', () => {
      for (const code of ['EACCES', 'EPERM', 'EIO', 'EBUSY', 'ELOOP']) {
        const failure = diskFailure(Object.assign(new Error(code), { code }), 'talk.mp3');
        assert.equal(failure.kind, 'recordingUnreadable');
        assert.match(describeFailure(failure).sentence, new RegExp(`cannot be read \\(${code}\\)`));
      }
    });
  });
});
