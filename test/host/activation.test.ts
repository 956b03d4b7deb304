import { deepStrictEqual, ok } from 'node:assert/strict';
import { join } from 'node:path';
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
  it('loads only its entry file while there is nothing to do', async () => {
    await steno().activate();
    const bundles = join(steno().extensionPath, 'dist');
    const loaded = Object.keys(require.cache).filter((file) => file.startsWith(bundles));
    deepStrictEqual(loaded, [join(bundles, 'extension.js')]);
  });

  it('registers every command that package.json contributes', async () => {
    await steno().activate();
    const contributed = (steno().packageJSON as Manifest).contributes?.commands ?? [];
    ok(contributed.length > 0, 'package.json contributes no commands.');
    const registered = new Set(await commands.getCommands(true));
    deepStrictEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.has(command)),
      [],
    );
  });
});
