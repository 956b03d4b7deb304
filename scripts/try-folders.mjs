// Lays out the folders that .vscode/launch.json opens: `try` keeps its notes, `host` is made again for the host tests.
import { copyFileSync, existsSync, mkdirSync, rmSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const sample = new URL('test/fixtures/dialogue/dialogue.mp3', root);
const tryFolder = new URL('.vscode-test/try/', root);
const hostFolder = new URL('.vscode-test/host/', root);

mkdirSync(tryFolder, { recursive: true });
const recording = new URL('standup.mp3', tryFolder);
if (!existsSync(recording)) {
  copyFileSync(sample, recording);
}

rmSync(hostFolder, { recursive: true, force: true, maxRetries: 5 });
mkdirSync(hostFolder);
copyFileSync(sample, new URL('dialogue.mp3', hostFolder));
