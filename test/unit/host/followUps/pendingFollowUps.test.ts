import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { parseFollowUp, type FollowUp } from '../../../../src/core/followUps/followUp';
import { faults } from '../../../support/server/faults';
import { deleted, FollowUpsStage } from './followUpsStage';

let on: FollowUpsStage;

beforeEach(async () => {
  on = await FollowUpsStage.open();
});

afterEach(() => on.close());

function written({ transcriptId }: FollowUp): FollowUp | undefined {
  return parseFollowUp(readFileSync(path.join(on.folder, `${transcriptId}.json`), 'utf8'));
}

describe('Pending follow-ups', () => {
  it('stay while the key does not know their transcript, audio and all, until their user forgets them', async () => {
    const target = path.join(on.folder, 'talk.redacted.mp3');
    const list = on.openList();
    for (const [index, redactedAudio] of [null, target].entries()) {
      const followUp = await on.aFollowUp({ redactedAudio });
      on.server.fault('delete', faults.error(404, 'Not found'));
      on.server.fault('redacted-audio', faults.error(400, 'Transcript lookup error'));
      await list.add(followUp);
      await list.run(on.server.url);
      assert.deepEqual(on.listed(), [`${followUp.transcriptId}.json`]);
      assert.deepEqual(written(followUp), followUp);
      const { message, others } = on.told[2 * index]!;
      assert.match(message, /does not know it with this key: it may be deleted already/);
      await others['Forget']!();
      assert.deepEqual(on.listed(), []);
      assert.notEqual(on.textOf(followUp.transcriptId), deleted);
      assert.equal(on.told[2 * index + 1]?.message, 'Nothing is left to be deleted or saved at AssemblyAI.');
    }
  });

  it('are told apart by what can be done about them', async () => {
    const list = on.openList();
    const [unknown, odd] = [await on.aFollowUp({ name: 'one.mp3' }), await on.aFollowUp({ name: 'two.mp3' })];
    on.server.fault('delete', faults.error(404, 'Not found'));
    await list.add(unknown);
    await list.run(on.server.url);
    on.server.fault('delete', faults.error(400, 'Not now'), 2);
    await list.add(odd);
    await list.run(on.server.url);
    assert.equal(on.told.length, 2);
    const [first] = on.told;
    await first!.others['Forget']!();
    assert.deepEqual(on.listed(), [`${odd.transcriptId}.json`]);
    assert.match(on.told.at(-1)!.message, /^That is done; other transcripts are still on the list/);
  });

  it('delete no transcript whose audio has no place without a question', async () => {
    const missing = path.join(on.folder, 'gone', 'talk.redacted.mp3');
    const followUp = await on.aFollowUp({ redactedAudio: missing });
    const list = on.openList(on.withAudio(() => assert.fail('asked for audio that has no place')));
    await list.add(followUp);
    await list.run(on.server.url);
    await list.run(on.server.url);
    assert.equal(on.server.requestsOf('delete').length, 0);
    assert.equal(on.told.length, 1);
    assert.match(
      on.told[0]!.message,
      /^The redacted audio of “talk\.mp3” is not saved yet\. .* could not be written/,
    );
    await on.told[0]!.others['Delete Without It']!();
    assert.equal(on.textOf(followUp.transcriptId), deleted);
    assert.deepEqual(on.listed(), []);
  });

  it('keep a deletion that is added while the audio is saved', async () => {
    for (const deletes of [false, true]) {
      const target = path.join(on.folder, `talk.${String(deletes)}.redacted.mp3`);
      const followUp = await on.aFollowUp({ redactedAudio: target, deletes });
      const elsewhere = on.openList();
      const list = on.openList(
        on.withAudio(() => elsewhere.add({ ...followUp, redactedAudio: null, deletes: true })),
      );
      await list.add(followUp);
      await list.run(on.server.url);
      assert.equal(on.textOf(followUp.transcriptId), deleted);
      assert.deepEqual(on.listed(), []);
    }
  });

  it('are all added that can be, although others cannot', async () => {
    const list = on.openList();
    const [one, another] = [await on.aFollowUp(), await on.aFollowUp()];
    assert.equal(await list.addAll([{ ...one, service: 'nowhere' }, another]), false);
    assert.deepEqual(on.listed(), [`${another.transcriptId}.json`]);
    assert.match(on.log.text, /Not on the list: /);
    assert.equal(await list.addAll([one]), true);
  });

  it('are merged when several windows add them at once', async () => {
    const audio = await on.aFollowUp({
      redactedAudio: path.join(on.folder, 'talk.redacted.mp3'),
      deletes: false,
    });
    const deletion = { ...audio, redactedAudio: null, deletes: true };
    await Promise.all([on.openList().add(audio), on.openList().add(deletion), on.openList().add(deletion)]);
    assert.deepEqual(written(audio), {
      ...audio,
      deletes: true,
    });
  });
});
