// Bundles the extension. `--production` minifies, `--watch` rebuilds on change.
const { copyFileSync } = require('node:fs');
const esbuild = require('esbuild');
const { copyLocalAssets } = require('./scripts/local-assets.js');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Kept out of the entry bundle, so that activation reads a few kilobytes and the rest loads with the first command. */
const loadedOnFirstUse = {
  name: 'loaded-on-first-use',
  setup(build) {
    build.onResolve({ filter: /^\.\/host\/app\.js$/ }, () => ({ path: './app.js', external: true }));
  },
};

const common = {
  bundle: true,
  platform: 'node',
  // The Node of VS Code 1.96, the oldest that `engines.vscode` admits.
  target: 'node20.18',
  format: 'cjs',
  outdir: 'dist',
  external: ['vscode'],
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'info',
};

const targets = [
  { ...common, entryPoints: ['src/extension.ts'], plugins: [loadedOnFirstUse] },
  { ...common, entryPoints: ['src/host/app.ts'] },
  { ...common, entryPoints: [{ in: 'src/media/worker.ts', out: 'media' }] },
  {
    ...common,
    entryPoints: [
      { in: 'src/local/main.ts', out: 'local/server' },
      { in: 'src/local/worker.ts', out: 'local/worker' },
    ],
    // Its module for `import` asks where it lies, which a CommonJS bundle cannot say.
    alias: { 'onnxruntime-web': require.resolve('onnxruntime-web') },
  },
];

async function main() {
  copyLocalAssets();
  // The sample for users who have no recording yet.
  copyFileSync('test/fixtures/dialogue/dialogue.mp3', 'dist/standup.mp3');
  if (watch) {
    const contexts = await Promise.all(targets.map((target) => esbuild.context(target)));
    await Promise.all(contexts.map((context) => context.watch()));
  } else {
    await Promise.all(targets.map((target) => esbuild.build(target)));
  }
}

module.exports = { targets };

if (require.main === module) {
  main().catch(() => {
    process.exitCode = 1;
  });
}
