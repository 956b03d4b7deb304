import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { projectPath } from '../../support/projectPath';

interface Asset {
  readonly path: string;
  readonly notice: string;
  readonly bytes: number;
  readonly sha256: string;
}

const fromProject = createRequire(projectPath('package.json'));
const { assets, folder } = fromProject('./scripts/local-assets.js') as {
  assets: readonly Asset[];
  folder: string;
};

/** The notices by their headings. */
function notices(): Map<string, string> {
  const text = readFileSync(projectPath('THIRD-PARTY-NOTICES.md'), 'utf8');
  return new Map(
    text
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section] as const),
  );
}

const licence =
  /Permission (is hereby granted|to use, copy)|Redistribution and use|Mozilla Public License|Apache License|CC BY 4\.0/;

describe('The assets of the speech server', () => {
  for (const { path, bytes, sha256 } of assets) {
    it(`include ${path} as it was tested`, () => {
      const content = readFileSync(join(folder, path));
      assert.equal(content.length, bytes);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256);
    });
  }

  it('are the only files in their folders', () => {
    const found = ['models', 'onnx'].flatMap((name) =>
      readdirSync(join(folder, name)).map((file) => `${name}/${file}`),
    );
    assert.deepEqual(found.sort(), assets.map(({ path }) => path).sort());
  });

  it('stay well below the size limit of a VSIX', () => {
    assert.ok(assets.reduce((sum, { bytes }) => sum + bytes, 0) < 50e6);
  });
});

describe('The third-party notices', () => {
  it('name every model with its licence', () => {
    const sections = notices();
    for (const { notice } of assets) {
      assert.match(sections.get(notice) ?? '', licence, `THIRD-PARTY-NOTICES.md lacks ${notice}.`);
    }
  });

  it('name every package in the bundles with its licence', async () => {
    const { targets } = fromProject('./esbuild.js') as { targets: readonly BuildOptions[] };
    const options = { write: false, metafile: true, logLevel: 'silent', minify: false } as const;
    const bundles = await Promise.all(targets.map((target) => build({ ...target, ...options })));
    const files = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    const packages = new Set(
      files.flatMap((file) => /.*node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []),
    );
    assert.ok(packages.has('undici') && packages.has('onnxruntime-web'));
    const sections = [...notices().values()];
    for (const name of packages) {
      const section = sections.find((each) =>
        each
          .slice(0, 300)
          .split(/[\s,]+|\.\s/)
          .includes(name),
      );
      assert.match(section ?? '', licence, `THIRD-PARTY-NOTICES.md lacks ${name}.`);
    }
  });
});
