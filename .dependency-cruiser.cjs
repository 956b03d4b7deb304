/** The arrows of the house: extension → host → assemblyai → core. Nothing points up, nothing goes round. */
const arrow = (from, to) => ({
  name: `${from}-may-not-know-${to}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${to})` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    arrow('core', 'assemblyai|host|extension'),
    arrow('assemblyai', 'host|extension'),
    arrow('host', 'extension'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-host-knows-the-editor',
      severity: 'error',
      from: { path: '^src/(core|assemblyai)/' },
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
