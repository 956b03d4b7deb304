import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { JobAction } from '../../../src/core/jobs/jobEntry';
import {
  commandIds,
  isJobClause,
  isRecordingClause,
  jobActions,
  settingDefaults,
  viewId,
  type CommandId,
} from '../../../src/host/manifest';
import { projectPath } from '../../support/projectPath';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: string }>>;
    };
  };
}

const { contributes } = JSON.parse(readFileSync(projectPath('package.json'), 'utf8')) as Manifest;
const { properties } = contributes.configuration;

describe('package.json and code', () => {
  it('know the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it('know the same settings with the same defaults', () => {
    const declared = Object.entries(properties).map(([key, { default: value }]) => [key, value]);
    const used = Object.entries(settingDefaults).map(([key, value]) => [`steno.${key}`, value]);
    assert.deepEqual(declared.sort(), used.sort());
  });

  it('keep settings that redirect the key or write elsewhere out of workspaces', () => {
    for (const [key, { scope }] of Object.entries(properties)) {
      assert.equal(scope, 'machine', key);
    }
  });

  it('offer Transcribe on the same extensions', () => {
    const clauses = ['explorer/context', 'editor/title'].flatMap((menu) => contributes.menus[menu] ?? []);
    assert.deepEqual(
      clauses.map(({ command, when }) => [command, when]),
      [
        ['steno.transcribe', `!explorerResourceIsFolder && ${isRecordingClause}`],
        ['steno.transcribeFolder', 'explorerResourceIsFolder'],
        ['steno.transcribe', `activeCustomEditorId && ${isRecordingClause}`],
      ],
    );
  });

  it('know the same view, in a container with its icon', () => {
    const { views, viewsContainers, viewsWelcome } = contributes;
    const [container] = viewsContainers.activitybar;
    assert.deepEqual(
      Object.entries(views).map(([key, list]) => [key, list.map(({ id }) => id)]),
      [[container?.id, [viewId]]],
    );
    assert.ok(viewsWelcome.every(({ view }) => view === viewId));
    const icons = [container, ...Object.values(views).flat()].map((item) => item?.icon ?? '');
    assert.ok(icons.every((icon) => existsSync(projectPath(icon))));
  });

  it('lead from the empty view to what there is', () => {
    const links = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([^)]*)\)/g)].map(([, command]) => command),
    );
    const expected: CommandId[] = [
      'steno.transcribe',
      'steno.transcribeFolder',
      'steno.transcribeSample',
      'steno.setApiKey',
    ];
    assert.deepEqual(links, expected);
  });

  it('offer on a job in the view what can be done to it, once in its menu and with an icon in its line', () => {
    const items = (contributes.menus['view/item/context'] ?? []).filter(
      ({ command }) => command !== 'steno.clearDone',
    );
    const inMenu = items.filter(({ group }) => !group.startsWith('inline'));
    const ofJobs = Object.entries(jobActions).map(([action, command]) => [
      command,
      isJobClause(action as JobAction),
    ]);
    assert.deepEqual(inMenu.map(({ command, when }) => [command, when]).sort(), ofJobs.sort());
    for (const { command, when } of items.filter(({ group }) => group.startsWith('inline'))) {
      assert.ok(
        inMenu.some((item) => item.command === command && item.when === when),
        command,
      );
      assert.ok(contributes.commands.find((item) => item.command === command)?.icon, command);
    }
  });

  it('keep what is done to a job out of the palette, which has none', () => {
    const hidden = contributes.menus['commandPalette'] ?? [];
    assert.ok(hidden.every(({ when }) => when === 'false'));
    assert.deepEqual(hidden.map(({ command }) => command).sort(), Object.values(jobActions).sort());
  });

  it('use no other view and menu', () => {
    const menus = Object.keys(contributes.menus).sort();
    assert.deepEqual(menus, [
      'commandPalette',
      'editor/title',
      'explorer/context',
      'view/item/context',
      'view/title',
    ]);
    const ofView = [contributes.menus['view/title'], contributes.menus['view/item/context']].flat();
    assert.ok(ofView.every((item) => item?.when.startsWith(`view == ${viewId}`)));
  });
});
