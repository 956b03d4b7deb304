import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { Failure } from '../../../../src/core/failures/failure';
import { renderFollowUp } from '../../../../src/core/followUps/followUp';
import { faults } from '../../../support/server/faults';
import { failureOf, until } from '../../assemblyai/stage';
import { deleted, FollowUpsStage, type Service } from './followUpsStage';

let on: FollowUpsStage;

beforeEach(async () => {
  on = await FollowUpsStage.open();
});

afterEach(() => on.close());

describe('FollowUps', () => {
  it('does what was written down, even in another window, and forgets it', async () => {
    const followUp = await on.aFollowUp();
    await on.openList().add(followUp);
    assert.equal(on.server.requestsOf('delete').length, 0);
    const later = on.openList();
    await later.run('https://api.eu.assemblyai.com');
    assert.deepEqual(on.listed(), [`${followUp.transcriptId}.json`]);
    await later.run(on.server.url);
    assert.equal(on.textOf(followUp.transcriptId), deleted);
    assert.deepEqual(on.listed(), []);
    assert.deepEqual(on.told, []);
  });

  it('hides the list from other users', async () => {
    const followUp = await on.aFollowUp();
    await on.openList().add(followUp);
    assert.equal(statSync(path.join(on.folder, `${followUp.transcriptId}.json`)).mode & 0o077, 0);
  });

  it('keeps a follow-up that fails, reports it once with Retry, and says so when that works', async () => {
    const followUp = await on.aFollowUp();
    const list = on.openList();
    on.server.fault('delete', faults.error(400, 'Not now'), 2);
    await list.add(followUp);
    await list.run(on.server.url);
    await list.run(on.server.url);
    assert.equal(on.told.length, 1);
    assert.match(on.told[0]!.message, /^The transcript of “talk\.mp3” is not deleted at the service yet\. /);
    assert.deepEqual(on.listed(), [`${followUp.transcriptId}.json`]);

    await on.told[0]!.retry!();
    assert.equal(on.textOf(followUp.transcriptId), deleted);
    assert.deepEqual(on.told.map(({ message }) => message).slice(1), [
      'Nothing is left to be deleted or saved at AssemblyAI.',
    ]);
  });

  it('counts a transcript as deleted that is gone already', async () => {
    const followUp = await on.aFollowUp();
    const list = on.openList();
    on.server.fault('delete', faults.error(404, 'This transcript has been deleted'));
    await list.add(followUp);
    await list.run(on.server.url);
    assert.deepEqual(on.listed(), []);
    assert.deepEqual(on.told, []);
  });

  it('stops at a service that refuses the key, and counts what is pending', async () => {
    const list = on.openList();
    for (const followUp of [await on.aFollowUp(), await on.aFollowUp(), await on.aFollowUp()]) {
      await list.add(followUp);
    }
    on.server.fault('delete', faults.error(401, 'Authentication error, API token missing/invalid'));
    await list.run(on.server.url);
    assert.equal(on.server.requestsOf('delete').length, 1);
    assert.equal(on.listed().length, 3);
    assert.match(on.told[0]!.message, /^3 transcripts are not deleted .* does not accept the API key/);
  });

  it('goes on after a failure that concerns one transcript only', async () => {
    const list = on.openList();
    const all = [await on.aFollowUp(), await on.aFollowUp()];
    await Promise.all(all.map((followUp) => list.add(followUp)));
    on.server.fault('delete', faults.error(400, 'Not this one'));
    await list.run(on.server.url);
    assert.equal(on.listed().length, 1);
    assert.equal(all.filter(({ transcriptId }) => on.textOf(transcriptId) === deleted).length, 1);
  });

  it('does nothing twice at once, whichever window asks', async () => {
    const followUp = await on.aFollowUp({ redactedAudio: path.join(on.folder, 'talk.redacted.mp3') });
    let saves = 0;
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const slow = on.withAudio(() => {
      saves += 1;
      return held;
    });
    const [here, elsewhere] = [on.openList(slow), on.openList(slow)];
    await here.add(followUp);
    const first = here.run(on.server.url);
    await until(() => saves === 1);
    await Promise.all([here.run(on.server.url), elsewhere.run(on.server.url), elsewhere.run()]);
    letGo();
    await first;
    assert.equal(saves, 1);
    assert.equal(on.server.requestsOf('delete').length, 1);
    assert.deepEqual(on.listed(), []);
    assert.deepEqual(
      on.told.map(({ message }) => message),
      ['Steno is already deleting or saving what was left.'],
    );
  });

  it('takes over from a window that crashed, and from no other', async () => {
    const followUp = await on.aFollowUp();
    const list = on.openList();
    await list.add(followUp);
    let begun = 0;
    const hangs: Service = {
      ...on.withAudio(),
      deleteForSure: () => {
        begun += 1;
        return new Promise(() => undefined);
      },
    };
    // No process has such a number.
    void on.openList(hangs, 2 ** 30).run(on.server.url);
    await until(() => begun === 1);
    await list.run(on.server.url);
    assert.equal(on.textOf(followUp.transcriptId), deleted);

    const another = await on.aFollowUp();
    await list.add(another);
    void on.openList(hangs).run(on.server.url);
    await until(() => begun === 2);
    await list.run(on.server.url);
    assert.notEqual(on.textOf(another.transcriptId), deleted);
    // Nothing takes that long. The window may be on another machine, which cannot be asked.
    utimesSync(path.join(on.folder, 'claims', `${another.transcriptId}.1`), 0, 0);
    await list.run(on.server.url);
    assert.equal(on.textOf(another.transcriptId), deleted);
  });

  it('saves redacted audio under a name that fits', async () => {
    const followUp = await on.aFollowUp({
      redactedAudio: path.join(on.folder, `${'会'.repeat(83)}.redacted.mp3`),
    });
    const saved: string[] = [];
    const list = on.openList({
      deleteForSure: () => Promise.resolve(),
      saveRedactedAudio: (_, file) => {
        saved.push(path.basename(file));
        return Promise.resolve();
      },
    });
    await list.add({ ...followUp, deletes: false });
    await list.run(on.server.url);
    assert.match(saved.join(), /^会+-[0-9a-f]{8}\.redacted\.mp3$/);
    assert.ok(Buffer.byteLength(saved.join()) <= 255);
  });

  it('saves the redacted audio first, never over another file, and once', async () => {
    const target = path.join(on.folder, 'audio', 'talk.redacted.mp3');
    mkdirSync(path.dirname(target));
    writeFileSync(target, 'mine');
    const followUp = await on.aFollowUp({ redactedAudio: target });
    const order: string[] = [];
    const list = on.openList({
      saveRedactedAudio: (...args) => {
        order.push('audio');
        return on.withAudio().saveRedactedAudio(...args);
      },
      deleteForSure: (id, signal) => {
        order.push('delete');
        return on.client.deleteForSure(id, signal);
      },
    });
    on.server.fault('delete', faults.error(400, 'Not now'));
    await list.add(followUp);
    await list.run(on.server.url);
    await list.run(on.server.url);
    assert.deepEqual(order, ['audio', 'delete', 'delete']);
    assert.deepEqual(readdirSync(path.dirname(target)).sort(), ['talk.redacted-2.mp3', 'talk.redacted.mp3']);
    assert.equal(readFileSync(target, 'utf8'), 'mine');
  });

  it('deletes no transcript whose redacted audio may still come', async () => {
    const followUp = await on.aFollowUp({ redactedAudio: path.join(on.folder, 'talk.redacted.mp3') });
    const list = on.openList(
      on.withAudio(() => Promise.reject(new Failure('transcriptNotReady', 'Still made', { host: 'here' }))),
    );
    await list.add(followUp);
    await list.run(on.server.url);
    assert.equal(on.server.requestsOf('delete').length, 0);
    assert.match(on.told[0]!.message, /^The redacted audio of “talk\.mp3” is not saved yet\./);
  });

  it('deletes a transcript whose redacted audio is lost, and says so', async () => {
    const followUp = await on.aFollowUp({ redactedAudio: path.join(on.folder, 'talk.redacted.mp3') });
    const list = on.openList(
      on.withAudio(() => Promise.reject(new Failure('invalidRequest', 'It has expired', { host: 'here' }))),
    );
    await list.add(followUp);
    await list.run(on.server.url);
    assert.equal(on.textOf(followUp.transcriptId), deleted);
    assert.match(on.told[0]!.message, /^There is no redacted audio of “talk\.mp3” to be saved\./);
    assert.equal(on.told[0]!.retry, undefined);
    assert.deepEqual(on.listed(), []);
  });

  it('says so when its user asks and nothing is pending', async () => {
    await on.openList().run();
    assert.deepEqual(
      on.told.map(({ message }) => message),
      ['Nothing is left to be deleted or saved at AssemblyAI.'],
    );
  });

  it('tells its user what waits for another server', async () => {
    const list = on.openList();
    await list.add(await on.aFollowUp({ service: 'https://api.eu.assemblyai.com' }));
    await list.run(on.server.url);
    await list.run('https://api.eu.assemblyai.com');
    assert.equal(on.told.length, 0);
    await list.run();
    assert.match(on.told[0]!.message, /is not the server in the settings/);
    assert.equal(on.listed().length, 1);
  });

  it('can be stopped by its user, and by the end of the window', async () => {
    const followUp = await on.aFollowUp();
    const list = on.openList();
    await list.add(followUp);
    on.server.fault('delete', faults.silence());
    const run = list.run();
    await on.server.arrived('delete');
    on.waits[0]!();
    await run;
    on.server.fault('delete', faults.silence());
    const quiet = list.run(on.server.url);
    await on.server.arrived('delete', 2);
    list.dispose();
    await quiet;
    assert.deepEqual(on.told, []);
    assert.equal(on.listed().length, 1);
    assert.deepEqual(readNames(path.join(on.folder, 'windows')), []);
  });

  it('leaves alone what it cannot read', async () => {
    const { transcriptId } = await on.aFollowUp();
    const file = path.join(on.folder, `${transcriptId}.json`);
    const other = await on.aFollowUp();
    for (const text of ['{"version":', renderFollowUp(other)]) {
      writeFileSync(file, text);
      await on.openList().run();
      assert.equal(readFileSync(file, 'utf8'), text);
    }
    assert.equal(on.server.requestsOf('delete').length, 0);
    assert.match(on.log.text, /Left alone .*: it cannot be read/);
  });

  it('does not write down what is no transcript, or what it cannot write', async () => {
    const followUp = await on.aFollowUp();
    const list = on.openList();
    const odd = await failureOf(list.add({ ...followUp, transcriptId: '../settings' }));
    assert.equal(odd.kind, 'journalUnwritable');
    const nowhere = await failureOf(list.add({ ...followUp, service: 'steno:none' }));
    assert.equal(nowhere.kind, 'journalUnwritable');
    mkdirSync(path.join(on.folder, `${followUp.transcriptId}.json`));
    assert.equal((await failureOf(list.add(followUp))).kind, 'journalUnwritable');
  });
});

function readNames(of: string): string[] {
  try {
    return readdirSync(of);
  } catch {
    return [];
  }
}
