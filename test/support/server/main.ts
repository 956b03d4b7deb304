import { parseArgs } from 'node:util';
import { startScriptedServer } from './scriptedServer';

const usage = `Usage: node out/test/support/server/main.js [options]

A server on 127.0.0.1 that speaks AssemblyAI's pre-recorded API and answers every job with the same dialogue.

  --port <n>         port to listen on; 0 takes a free one (default 0)
  --key <key>        API key that it accepts (default test)
  --finish-ms <n>    time until a job is completed (default 3000)
  --upload-rate <n>  bytes per second that uploads are read at (default: full speed)`;

/** Starts the server as a program, prints its URL, and stays until the process is ended. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      key: { type: 'string', default: 'test' },
      'finish-ms': { type: 'string', default: '3000' },
      'upload-rate': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const server = await startScriptedServer({
    port: Number(values.port),
    keys: [values.key],
    pace: { finishMs: Number(values['finish-ms']) },
    ...(values['upload-rate'] === undefined ? {} : { uploadBytesPerSecond: Number(values['upload-rate']) }),
  });
  console.log(server.url);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
