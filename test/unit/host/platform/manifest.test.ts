import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { JobAction } from '../../../../src/core/jobs/jobEntry';
import { sectionNames } from '../../../../src/core/note/sections/sectionNames';
import {
  commandIds,
  isJobClause,
  isNoteClause,
  isRecordingClause,
  jobActions,
  settingDefaults,
  toolNames,
  viewId,
  type CommandId,
} from '../../../../src/host/platform/manifest';
import { projectPath } from '../../../support/projectPath';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group: string;
}

interface Setting {
  readonly scope: string;
  readonly default: unknown;
  readonly properties?: object;
}

interface Manifest {
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly jsonValidation: readonly unknown[];
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly inputSchema: { readonly properties: object; readonly required: readonly string[] };
    }[];
    readonly configuration: {
      readonly properties: Readonly<Record<string, Setting>>;
    };
  };
}

const { capabilities, contributes } = JSON.parse(
  readFileSync(projectPath('package.json'), 'utf8'),
) as Manifest;
const { properties } = contributes.configuration;

describe('package.json and code', () => {
  it('know the same commands', () => {
    assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
  });

  it('know the same tools, of which each requires only a path', () => {
    const { languageModelTools: tools } = contributes;
    assert.deepEqual(
      tools.map(({ name }) => name),
      [...toolNames],
    );
    assert.ok(tools.every(({ inputSchema: { required } }) => required.join() === 'path'));
    const inputs = tools.map(({ inputSchema }) => Object.keys(inputSchema.properties));
    assert.deepEqual(inputs, [
      ['path', 'preset'],
      ['path', 'speaker', 'from', 'to', 'query'],
    ]);
  });

  it('know the same settings and defaults', () => {
    const declared = Object.entries(properties).map(([key, { default: value }]) => [key, value]);
    const used = Object.entries(settingDefaults).map(([key, value]) => [`steno.${key}`, value]);
    assert.deepEqual(Object.fromEntries(declared), Object.fromEntries(used));
  });

  it('know the same sections of a note', () => {
    assert.deepEqual(Object.keys(properties['steno.noteSections']?.properties ?? {}), sectionNames);
  });

  it('keep settings out of workspaces that redirect the key or decide where to write', () => {
    const ofWorkspaces = Object.entries(properties).filter(([, { scope }]) => scope === 'resource');
    const others = Object.entries(properties).filter(([, { scope }]) => scope !== 'resource');
    assert.ok(others.every(([, { scope }]) => scope === 'machine'));
    assert.deepEqual(
      ofWorkspaces.map(([key]) => key),
      ['steno.noteSections', 'steno.translations', 'steno.presets', 'steno.people'],
    );
  });

  it('ignore the settings of an untrusted workspace that decide what is sent', () => {
    assert.deepEqual(capabilities.untrustedWorkspaces.restrictedConfigurations, [
      'steno.presets',
      'steno.people',
    ]);
  });

  it('offer Transcribe on the same extensions', () => {
    const clauses = ['explorer/context', 'editor/title'].flatMap((menu) => contributes.menus[menu] ?? []);
    const onRecordings = clauses.filter(({ command }) => command.startsWith('steno.transcribe'));
    assert.deepEqual(
      onRecordings.map(({ command, when }) => [command, when]),
      [
        ['steno.transcribe', `!explorerResourceIsFolder && ${isRecordingClause}`],
        ['steno.transcribeWithOptions', `!explorerResourceIsFolder && ${isRecordingClause}`],
        ['steno.transcribeFolder', 'explorerResourceIsFolder'],
        ['steno.transcribeWithOptions', 'explorerResourceIsFolder'],
        ['steno.transcribe', `activeCustomEditorId && ${isRecordingClause}`],
        ['steno.transcribeWithOptions', `activeCustomEditorId && ${isRecordingClause}`],
      ],
    );
  });

  it('offer the commands for notes on notes', () => {
    const onNotes = (menu: string): readonly string[] =>
      (contributes.menus[menu] ?? [])
        .filter(({ when }) => when === isNoteClause)
        .map(({ command }) => command);
    assert.deepEqual(onNotes('editor/title'), ['steno.askTranscript']);
    assert.deepEqual(onNotes('editor/context'), [
      'steno.askTranscript',
      'steno.summarizeTranscript',
      'steno.understandTranscript',
      'steno.searchTranscript',
      'steno.saveSubtitles',
      'steno.refetchTranscript',
    ]);
    assert.ok(contributes.menus['editor/context']?.every(({ when }) => when === isNoteClause));
  });

  it('recognise notes and translations by their names', () => {
    const [, pattern = ''] = /=~ \/(.*)\/i$/.exec(isNoteClause) ?? [];
    const isNote = (name: string): boolean => new RegExp(pattern, 'i').test(name);
    const notes = [
      'talk.transcript.md',
      'talk.transcript-2.md',
      'talk.transcript.de.md',
      'a.transcript.pt_br-2.md',
    ];
    assert.deepEqual(notes.filter(isNote), notes);
    assert.deepEqual(
      ['transcript.md', 'talk.md', 'talk.transcript.md.txt', 'talk.transcripts.md'].filter(isNote),
      [],
    );
  });

  it('offer the commands for all transcripts in the menu of the view', () => {
    const overflow = (contributes.menus['view/title'] ?? []).filter(
      ({ group }) => !group.startsWith('navigation'),
    );
    assert.deepEqual(overflow.map(({ command }) => command).sort(), [
      'steno.clearDone',
      'steno.fetchTranscript',
      'steno.retryFollowUps',
      'steno.searchTranscripts',
      'steno.transcribeFolder',
      'steno.transcribeUrl',
      'steno.transcribeWithOptions',
    ]);
  });

  it('check presets in all kinds of settings files', () => {
    assert.deepEqual(contributes.jsonValidation, [
      {
        fileMatch: [
          '/.vscode/settings.json',
          '%APP_SETTINGS_HOME%/settings.json',
          '%APP_SETTINGS_HOME%/profiles/*/settings.json',
          '%MACHINE_SETTINGS_HOME%/settings.json',
          '%APP_WORKSPACES_HOME%/*/workspace.json',
          '*.code-workspace',
        ],
        url: './schemas/presets.json',
      },
    ]);
    assert.ok(existsSync(projectPath('schemas/presets.json')));
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

  it('offer the first commands in the empty view', () => {
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

  it('offer each action on a job once in its menu, and with an icon if it is in the line', () => {
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

  it('keep the actions on jobs out of the palette', () => {
    const hidden = contributes.menus['commandPalette'] ?? [];
    assert.ok(hidden.every(({ when }) => when === 'false'));
    assert.deepEqual(hidden.map(({ command }) => command).sort(), Object.values(jobActions).sort());
  });

  it('use no other views and menus', () => {
    const menus = Object.keys(contributes.menus).sort();
    assert.deepEqual(menus, [
      'commandPalette',
      'editor/context',
      'editor/title',
      'explorer/context',
      'view/item/context',
      'view/title',
    ]);
    const ofView = [contributes.menus['view/title'], contributes.menus['view/item/context']].flat();
    assert.ok(ofView.every((item) => item?.when.startsWith(`view == ${viewId}`)));
  });
});
