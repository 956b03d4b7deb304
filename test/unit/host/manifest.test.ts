import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { commandIds, isRecordingClause, settingDefaults } from '../../../src/host/manifest';
import { projectPath } from '../../support/projectPath';

interface MenuItem {
  readonly command: string;
  readonly when: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
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

  it('offer Transcribe on the same extensions, and by no other context keys', () => {
    const clauses = Object.values(contributes.menus).flat();
    assert.deepEqual(
      clauses.map(({ command, when }) => [command, when]),
      [
        ['steno.transcribe', `!explorerResourceIsFolder && ${isRecordingClause}`],
        ['steno.transcribeFolder', 'explorerResourceIsFolder'],
        ['steno.transcribe', `activeCustomEditorId && ${isRecordingClause}`],
      ],
    );
  });
});
