import assert from 'node:assert/strict';
import { showBox } from '../../../../src/host/platform/showBox';
import { CountedEmitter, DisposableCounter } from '../../../support/disposables';

/** A quick pick without an editor. */
class FakeBox {
  readonly counter = new DisposableCounter();
  readonly accepted = new CountedEmitter<string>(this.counter);
  readonly hidden = new CountedEmitter<undefined>(this.counter);
  isShown = false;

  show(): void {
    this.isShown = true;
  }

  dispose(): void {
    this.accepted.dispose();
    this.hidden.dispose();
  }
}

const broken = new Error('broken');

describe('showBox', () => {
  const open = () => {
    const box = new FakeBox();
    const chosen = showBox<string>(box, (resolve, reject) => [
      box.accepted.event((text) => (text === '' ? reject(broken) : resolve(text))),
      box.hidden.event(() => resolve(undefined)),
    ]);
    return { box, chosen };
  };

  it('listens as long as the box is open', () => {
    const { box } = open();
    assert.ok(box.isShown);
    assert.deepEqual(box.counter.live, ['emitter', 'emitter', 'listener', 'listener']);
  });

  const ends: readonly (readonly [string, (box: FakeBox) => void])[] = [
    ['an answer', (box) => box.accepted.fire('yes')],
    ['being hidden', (box) => box.hidden.fire(undefined)],
    ['a failure', (box) => box.accepted.fire('')],
  ];
  for (const [what, end] of ends) {
    it(`disposes of the box and its listeners after ${what}`, async () => {
      const { box, chosen } = open();
      end(box);
      await chosen.catch(() => undefined);
      assert.deepEqual(box.counter.live, []);
    });
  }

  it('settles as its listeners say', async () => {
    const answered = open();
    answered.box.accepted.fire('yes');
    assert.equal(await answered.chosen, 'yes');
    const hidden = open();
    hidden.box.hidden.fire(undefined);
    assert.equal(await hidden.chosen, undefined);
    const failed = open();
    failed.box.accepted.fire('');
    await assert.rejects(failed.chosen, broken);
  });
});
