import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { commands, extensions, type Extension } from 'vscode';

interface Manifest {
  readonly contributes?: { readonly commands?: readonly { readonly command: string }[] };
}

function steno(): Extension<unknown> {
  const extension = extensions.getExtension('steno.steno');
  ok(extension, 'The extension is not installed.');
  return extension;
}

describe('activation', () => {
  it('happens on request, not at the start of the editor', async () => {
    strictEqual(steno().isActive, false);
    await steno().activate();
    strictEqual(steno().isActive, true);
  });

  it('registers every command that package.json promises', async () => {
    await steno().activate();
    const promised = (steno().packageJSON as Manifest).contributes?.commands ?? [];
    ok(promised.length > 0, 'package.json contributes no commands.');
    const registered = new Set(await commands.getCommands(true));
    deepStrictEqual(
      promised.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
