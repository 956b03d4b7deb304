import { join } from 'node:path';
import { projectRoot } from '../support/vscode/paths';
import { main } from '../support/vscode/program';
import { chooseHost, runSuite } from '../support/vscode/runSuite';
import { addRecording, temporaryFolder } from '../support/vscode/workspace';

/** Runs the suites of this folder in a real VS Code, with the extension in `dist/`. */
main(async () => {
  const workspace = await temporaryFolder('workspace');
  await addRecording(workspace, 'dialogue.mp3');
  const { exitCode, report } = await runSuite(await chooseHost(), {
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: join(__dirname, 'index.js'),
    workspace,
    env: {},
  });
  process.stdout.write(report === '' ? 'No report: see artifacts/logs/host-suite.log.\n' : report);
  return report === '' ? 1 : exitCode;
});
