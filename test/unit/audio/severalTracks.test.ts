import assert from 'node:assert/strict';
import {
  ALL_FORMATS,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  FilePathSource,
  FilePathTarget,
  Input,
  MkvOutputFormat,
  Output,
  type EncodedPacket,
} from 'mediabunny';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { durationOf } from '../../../src/audio/duration';
import { openSound } from '../../../src/audio/openSound';
import { fixture, mix } from './signal';

/** What libopus makes of 20 ms of silence. */
const silence = Uint8Array.of(0xf8, 0xff, 0xfe);

describe('a recording with several sound tracks', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'steno-tracks-'))));
  after(() => rmSync(folder, { recursive: true }));

  /** Writes the fixture's packets into several tracks, each changed in its way. */
  async function write(...changes: readonly ((packet: EncodedPacket) => EncodedPacket)[]): Promise<string> {
    const input = new Input({ source: new FilePathSource(fixture('sweep.webm')), formats: ALL_FORMATS });
    const [track] = await input.getAudioTracks();
    const decoderConfig = (await track!.getDecoderConfig())!;
    const path = join(folder, 'several.mkv');
    const output = new Output({ format: new MkvOutputFormat(), target: new FilePathTarget(path) });
    const sources = changes.map(() => new EncodedAudioPacketSource('opus'));
    sources.forEach((source) => output.addAudioTrack(source));
    await output.start();
    for await (const packet of new EncodedPacketSink(track!).packets()) {
      for (const [i, source] of sources.entries()) {
        await source.add(changes[i]!(packet), { decoderConfig });
      }
    }
    await output.finalize();
    input.dispose();
    return path;
  }
  const asItIs = (packet: EncodedPacket): EncodedPacket => packet;
  const silent = (packet: EncodedPacket): EncodedPacket => packet.clone({ data: silence });
  const loudest = (samples: Float32Array): number => samples.reduce((most, each) => Math.max(most, each), 0);

  it('is the second where the first is silent', async () => {
    const path = await write(silent, asItIs);
    const samples = await mix(await openSound(path));
    assert.deepEqual(samples, await mix(await openSound(await write(asItIs))));
  });

  it('is the first where that has sound anywhere', async () => {
    const partly = (packet: EncodedPacket): EncodedPacket =>
      packet.timestamp < 0.5 ? silent(packet) : packet;
    const whole = await mix(await openSound(await write(asItIs)));
    const path = await write(partly, asItIs);
    const samples = await mix(await openSound(path));
    assert.equal(samples.length, whole.length);
    assert.ok(loudest(samples.subarray(0, 6000)) < 0.01 && loudest(samples) > 0.1);
  });

  it('is the first where all are silent', async () => {
    const path = await write(silent, silent);
    assert.ok(loudest(await mix(await openSound(path))) < 0.001);
    assert.ok(((await durationOf(path)) ?? 0) > 0.9);
  });
});
