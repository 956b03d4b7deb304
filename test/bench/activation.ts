import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ActivationMeasurement } from '../support/activationMeasurement';
import { projectRoot } from '../support/vscode/paths';
import { main } from '../support/vscode/program';
import { chooseHost, runSuite } from '../support/vscode/runSuite';
import { temporaryFolder } from '../support/vscode/workspace';
import { median } from './support/statistics';

const rounds = Number(process.argv[2] ?? 5);

/** Measures activation in new extension hosts, and prints which files activation and the first command load. */
main(async () => {
  const host = await chooseHost();
  const workspace = await temporaryFolder('workspace');
  const measurements: ActivationMeasurement[] = [];
  for (let round = 1; round <= rounds; round++) {
    const { exitCode, report } = await runSuite(host, {
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: join(projectRoot, 'out/test/host/measureActivation.js'),
      workspace,
      env: {},
    });
    if (exitCode !== 0) {
      throw new Error(`The extension host ended with ${exitCode}; see artifacts/logs/host-suite.log.`);
    }
    const measurement = JSON.parse(report) as ActivationMeasurement;
    measurements.push(measurement);
    const { activateMs, firstCommandMs } = measurement;
    console.log(`${round}: activate() ${ms(activateMs)}, first command ${ms(firstCommandMs)}`);
  }
  console.log(
    `Median of ${rounds}: activate() ${ms(median(measurements.map(({ activateMs }) => activateMs)))}`,
  );
  console.log(`  first command ${ms(median(measurements.map(({ firstCommandMs }) => firstCommandMs)))}`);
  console.log(`Loaded by activation: ${sizes(measurements[0]?.loadedByActivation)}`);
  console.log(`Loaded by the first command: ${sizes(measurements[0]?.loadedByFirstCommand)}`);
  return 0;
});

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

function sizes(files: readonly string[] = []): string {
  const named = files.map(
    (file) => `${file} (${Math.ceil(statSync(join(projectRoot, file)).size / 1000)} kB)`,
  );
  return named.join(', ') || 'nothing';
}
