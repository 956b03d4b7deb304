import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { isRunning, isSameMachine, isSinceBoot, thisMachine } from '../../../src/node/processes';

describe('isRunning', () => {
  it('is true for this process, and for a process of another user', () => {
    assert.ok(isRunning(process.pid));
    // On Windows, no process has the id 1.
    assert.ok(process.platform === 'win32' || isRunning(1));
  });

  it('is false for a process that has ended', () => {
    assert.ok(!isRunning(spawnSync(process.execPath, ['-e', '']).pid));
  });
});

describe('isSameMachine', () => {
  const machine = thisMachine();

  it('knows this machine again, even if its clock was set', () => {
    assert.equal(machine.host, hostname());
    assert.ok(isSameMachine({ ...machine }, thisMachine()));
    assert.ok(isSameMachine({ ...machine, bootMs: machine.bootMs + 30_000 }, machine));
  });

  it('knows no other machine, and no value that is none', () => {
    const others = [
      { ...machine, host: 'other' },
      { ...machine, bootMs: machine.bootMs - 3_600_000 },
      { ...machine, bootMs: String(machine.bootMs) },
      { ...machine, processSpace: 'pid:[1]' },
      {},
    ];
    for (const other of others) {
      assert.ok(!isSameMachine(other, machine));
    }
  });
});

describe('isSinceBoot', () => {
  it('is false for a moment before the start of the machine', () => {
    assert.ok(isSinceBoot(Date.now()));
    assert.ok(!isSinceBoot(thisMachine().bootMs - 3_600_000));
  });
});
