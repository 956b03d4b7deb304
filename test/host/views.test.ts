import assert from 'node:assert/strict';
import { window, type ViewBadge } from 'vscode';
import { showStatusItem } from '../../src/host/views/statusItem';
import { TranscriptsTree } from '../../src/host/views/transcripts';
import { anEntry } from '../support/jobEntries';
import { ToldJobs } from '../support/toldJobs';
import { VirtualClock } from '../support/virtualClock';

const progress = { step: 'processing', sinceMs: 0, connected: true, done: null } as const;
const running = anEntry('submitted', {}, { progress });

describe('The views of jobs', () => {
  it('show jobs, and listen to nothing once they are disposed of', async () => {
    const jobs = new ToldJobs();
    const clock = new VirtualClock(0);
    const view: { badge?: ViewBadge | undefined } = {};
    const tree = new TranscriptsTree(jobs, clock, view);
    const item = showStatusItem(window, jobs, clock);
    let changes = 0;
    const subscription = tree.onDidChangeTreeData(() => changes++);
    assert.equal(jobs.listeners.size, 2);

    jobs.tell(running);
    assert.equal(changes, 1);
    assert.equal(view.badge?.value, 1);
    const [group] = tree.getChildren();
    assert.ok(group);
    assert.equal(tree.getTreeItem(group).label, 'Running');
    assert.equal(tree.getChildren(group).length, 1);
    assert.equal(clock.sleepers, 2, 'the elapsed time is shown');

    tree.dispose();
    item.dispose();
    subscription.dispose();
    jobs.tell();
    await clock.advance(5000);
    assert.deepEqual([jobs.listeners.size, clock.sleepers, changes], [0, 0, 1]);
  });
});
