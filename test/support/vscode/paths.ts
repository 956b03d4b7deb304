import { resolve } from 'node:path';

/** Counted from the compiled file, out/test/support/vscode/paths.js. */
export const projectRoot = resolve(__dirname, '../../../..');

/** What is fetched once and kept; git-ignored. */
export const cacheRoot = resolve(projectRoot, '.vscode-test');

/** Logs, screenshots and packages of test runs; git-ignored. */
export const artifactsRoot = resolve(projectRoot, 'artifacts');
