import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PinnedPackage } from './pins';
import { npm, run } from './processes';

/** Fetches a package with the machine's own npm, checks its bytes and unpacks `inside` (a folder of it) into `folder`. */
export async function unpackPackage(pinned: PinnedPackage, folder: string, inside = ''): Promise<void> {
  const { name, version } = pinned;
  console.log(`Fetching ${name}@${version} from npm …`);
  await npm(['pack', `${name}@${version}`, '--pack-destination', folder, '--loglevel', 'error']);
  const tarball = (await readdir(folder)).find((entry) => entry.endsWith('.tgz'));
  if (tarball === undefined) {
    throw new Error(`npm pack left no tarball of ${name}@${version}.`);
  }
  await verify(pinned, join(folder, tarball));
  const depth = inside === '' ? 1 : inside.split('/').length + 1;
  const member = inside === '' ? 'package' : `package/${inside}`;
  await run('tar', ['-xzf', tarball, `--strip-components=${depth}`, member], { cwd: folder });
  await rm(join(folder, tarball));
}

async function verify({ name, version, integrity }: PinnedPackage, tarball: string): Promise<void> {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  const actual = `sha512-${hash.digest('base64')}`;
  if (actual !== integrity) {
    throw new Error(
      `${name}@${version} is not the package that was pinned: ${actual} instead of ${integrity}.`,
    );
  }
}
