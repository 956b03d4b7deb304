import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { chromium as playwright, type Browser } from 'playwright-core';
import { cachedFolder } from './cache';
import { unpackPackage } from './npmPackage';
import { chromium } from './pins';
import { run } from './processes';

interface PreparedBrowser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a browser of the Chromium family without a window: the system's own or the one that CHROME_PATH names, else
 * (or with STENO_BROWSER=npm) one from npm.
 */
export async function launchBrowser(): Promise<Browser> {
  const own = process.env['STENO_BROWSER'] === 'npm' ? undefined : systemBrowser();
  if (own === undefined) {
    return launch(await npmBrowser());
  }
  try {
    return await launch({ executablePath: own, env: {} });
  } catch (thrown) {
    if (process.env['CHROME_PATH'] === own) {
      throw thrown;
    }
    // Some distributions put a stub there that only asks to install a browser.
    console.log(`${own} does not start; taking the browser from npm.`);
    return launch(await npmBrowser());
  }
}

function launch({ executablePath, env }: PreparedBrowser): Promise<Browser> {
  return playwright.launch({ executablePath, args: flags, env: { ...process.env, ...env } });
}

function systemBrowser(): string | undefined {
  const given = process.env['CHROME_PATH'];
  return given !== undefined && given !== '' ? given : wellKnownBrowsers().find((file) => existsSync(file));
}

function wellKnownBrowsers(): string[] {
  switch (process.platform) {
    case 'darwin':
      return ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
        (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
      );
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((variable) =>
        ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'].map((file) =>
          join(process.env[variable] ?? 'C:\\', file),
        ),
      );
    default:
      return (process.env['PATH'] ?? '')
        .split(delimiter)
        .flatMap((folder) =>
          ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'].map(
            (name) => join(folder, name),
          ),
        );
  }
}

/** The package's own names folders of the cloud service that it is made for. */
const fontsConf = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir>${join(tmpdir(), 'steno-fonts')}</cachedir>
</fontconfig>
`;

async function npmBrowser(): Promise<PreparedBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge found: install one, or name its program in CHROME_PATH.');
  }
  const folder = await cachedFolder(`chromium-${chromium.version}-2`, async (building) => {
    await unpackPackage(chromium, building);
    const packed = join(building, 'bin');
    const program = join(building, 'chromium');
    await decompress(join(packed, 'chromium.br'), program);
    await chmod(program, 0o755);
    for (const part of ['fonts', 'al2023', 'swiftshader']) {
      const tar = join(packed, `${part}.tar`);
      await decompress(`${tar}.br`, tar);
      const target = part === 'swiftshader' ? building : join(building, part);
      await mkdir(target, { recursive: true });
      await run('tar', ['-xf', tar, '-C', target]);
    }
    await writeFile(join(building, 'fonts', 'fonts.conf'), fontsConf);
    await rm(packed, { recursive: true });
  });
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env['LD_LIBRARY_PATH']]
        .filter(Boolean)
        .join(delimiter),
      // Without any fonts a page is drawn without any letters.
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
    },
  };
}

async function decompress(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}
