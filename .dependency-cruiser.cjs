/** The arrows of the house: extension → host → assemblyai → core ← local, media. Nothing points up, nothing goes round. */
const arrow = (from, to) => ({
  name: `${from}-may-not-know-${to}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${to})` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    arrow('core', 'assemblyai|local|media|host|extension'),
    arrow('assemblyai', 'local|media|host|extension'),
    arrow('local', 'assemblyai|media|host|extension'),
    arrow('media', 'assemblyai|local|host|extension'),
    arrow('host', 'local|media|extension'),
    {
      name: 'only-the-root-knows-commands',
      severity: 'error',
      from: { path: '^src/host/', pathNot: '^src/host/(commands/|app[.]ts$)' },
      to: { path: '^src/host/commands/' },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      from: { path: '^src/host/(history|questions|search|tools|understanding)/' },
      to: { path: '^src/host/(history|questions|search|tools|understanding)/', pathNot: '^src/host/$1/' },
    },
    arrow('local/api', 'local/(http|audio|speech)'),
    arrow('local/audio', 'local/(api|http|speech)'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-host-knows-the-editor',
      severity: 'error',
      from: { path: '^src/(core|assemblyai|local|media)/' },
      to: { path: '^vscode$' },
    },
    {
      name: 'product-ignores-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    { name: 'unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^vscode$' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.d.ts'] },
  },
};
