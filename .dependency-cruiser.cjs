/**
 * The arrows between the rooms under `src/`: extension → host → assemblyai → node → core; local, media → audio → node;
 * host, audio and media also know protocol. Nothing points up, and nothing goes round: neither files nor folders.
 */
const arrow = (from, to) => ({
  name: `${from}-may-not-know-${to}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/(${to})` },
});

/** Features of the host that do not know each other. */
const features = 'ask|history|search|tools|understanding';

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-cycle-of-folders', severity: 'error', scope: 'folder', from: {}, to: { circular: true } },
    {
      name: 'inner-folders-do-not-look-out',
      comment:
        'The files of a folder use its inner folders, never the other way round. Core’s own ground is the reverse.',
      severity: 'error',
      from: { path: '^src/(.+)/[^/]+/[^/]+$' },
      to: { path: '^src/$1/[^/]+[.]ts$', pathNot: '^src/core/[^/]+$' },
    },
    {
      name: 'cores-own-ground-knows-none-of-its-rooms',
      severity: 'error',
      from: { path: '^src/core/[^/]+$' },
      to: { path: '^src/core/[^/]+/' },
    },
    arrow('core', 'protocol|node|audio|assemblyai|local|media|host|extension'),
    arrow('protocol', 'node|audio|assemblyai|local|media|host|extension'),
    arrow('node', 'protocol|audio|assemblyai|local|media|host|extension'),
    arrow('audio', 'assemblyai|local|media|host|extension'),
    arrow('assemblyai', 'protocol|audio|local|media|host|extension'),
    arrow('local', 'protocol|assemblyai|media|host|extension'),
    arrow('media', 'assemblyai|local|host|extension'),
    arrow('host', 'audio|local|media|extension'),
    {
      name: 'only-the-root-knows-commands',
      severity: 'error',
      from: { path: '^src/host/', pathNot: '^src/host/(commands/|app[.]ts$)' },
      to: { path: '^src/host/commands/' },
    },
    {
      name: 'features-do-not-meet',
      severity: 'error',
      from: { path: `^src/host/(${features})/` },
      to: { path: `^src/host/(${features})/`, pathNot: '^src/host/$1/' },
    },
    arrow('local/api', 'local/(http|jobs|recognition|speech|thread)'),
    arrow('local/recognition', 'local/(api|http|jobs|speech|thread)'),
    arrow('local/(http|jobs)', 'local/(speech|thread)'),
    arrow('local/speech', 'local/(api|http|jobs|thread)'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-host-knows-the-editor',
      severity: 'error',
      from: { path: '^src/(core|protocol|node|audio|assemblyai|local|media)/' },
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
