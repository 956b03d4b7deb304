import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { projectPath } from '../support/projectPath';

interface LaunchConfiguration {
  readonly name: string;
  readonly preLaunchTask?: string;
}

interface Launch {
  readonly configurations: readonly LaunchConfiguration[];
  readonly inputs: readonly { readonly id: string }[];
}

interface Task {
  readonly label: string;
  readonly script?: string;
  readonly dependsOn?: readonly string[];
}

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/architecture.md',
  'docs/commands.md',
  'docs/decisions.md',
];
const launchFile = '.vscode/launch.json';

/** Rooms whose inner rooms are named as well. */
const largeRooms = ['core', 'host', 'audio', 'local'];

const { scripts } = JSON.parse(textOf('package.json')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const launch = settingsIn(launchFile) as Launch;
const { tasks } = settingsIn('.vscode/tasks.json') as { readonly tasks: readonly Task[] };
const labels = tasks.map(({ label }) => label);

describe('The launch configurations', () => {
  it('run tasks that exist', () => {
    const named = launch.configurations.flatMap(({ preLaunchTask }) => preLaunchTask ?? []);
    const wanted = [...named, ...tasks.flatMap(({ dependsOn }) => dependsOn ?? [])];
    assert.ok(wanted.length > 0);
    assert.deepEqual(missingFrom(labels, wanted), []);
  });

  it('ask for inputs that exist', () => {
    const wanted = matches(textOf(launchFile), /\$\{input:(\w+)\}/g);
    assert.deepEqual(
      wanted,
      launch.inputs.map(({ id }) => id),
    );
  });

  it('have tasks that run scripts of package.json', () => {
    const wanted = tasks.flatMap(({ script }) => script ?? []);
    assert.ok(wanted.length > 0);
    assert.deepEqual(missingFrom(Object.keys(scripts), wanted), []);
  });

  it('name files that exist', () => {
    assert.deepEqual(missingFiles(textOf(launchFile).replaceAll('${workspaceFolder}/', '')), []);
  });

  it('stand beside recommendations and settings that can be read', () => {
    const { recommendations } = settingsIn('.vscode/extensions.json') as {
      readonly recommendations: string[];
    };
    assert.ok(recommendations.every((id) => /^[\w-]+\.[\w-]+$/.test(id)));
    assert.ok(settingsIn('.vscode/settings.json'));
  });
});

describe('The pages for contributors', () => {
  for (const page of pages) {
    it(`${page} names scripts that exist`, () => {
      const wanted = matches(textOf(page), /\bnpm (?:run )?(start|test|(?<=run )[\w:-]+)(?![\w:-])/g);
      assert.deepEqual(missingFrom(Object.keys(scripts), wanted), []);
    });

    it(`${page} names files that exist`, () => {
      assert.deepEqual(missingFiles(textOf(page)), []);
    });

    it(`${page} links to pages and headings that exist`, () => {
      const links = matches(textOf(page), /\]\(([^)\s]+)\)/g).filter((link) => isOfTheProject(link));
      assert.deepEqual(
        links.filter((link) => !isLinkTo(link, page)),
        [],
      );
    });
  }

  it('name every room', () => {
    const architecture = textOf('docs/architecture.md');
    const inner = largeRooms.flatMap((room) => foldersIn(`src/${room}`));
    const rooms = [...foldersIn('src'), ...inner];
    assert.ok(inner.length > 20);
    assert.deepEqual(
      rooms.filter((room) => !architecture.includes(`\`${room}/\``)),
      [],
    );
  });

  it('name every script', () => {
    const commands = textOf('docs/commands.md');
    const named = matches(commands, /\bnpm (?:run )?([\w:-]+)/g);
    assert.deepEqual(missingFrom(named, Object.keys(scripts)), []);
  });
});

function textOf(file: string): string {
  return readFileSync(projectPath(file), 'utf8');
}

/** JSON in which whole lines may be comments, as VS Code lets them. */
function settingsIn(file: string): unknown {
  return JSON.parse(textOf(file).replace(/^\s*\/\/.*$/gm, ''));
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([whole, found]) => found ?? whole);
}

function missingFrom(known: readonly string[], wanted: readonly string[]): readonly string[] {
  return wanted.filter((each) => !known.includes(each));
}

/** Paths in a text that lead nowhere. Of a compiled file, the source counts. */
function missingFiles(text: string): readonly string[] {
  const named = matches(
    text,
    /(?<![\w./-])(?:out\/)?(?:src|test|docs|scripts|media|models|schemas)\/[\w./-]*[\w/]/g,
  );
  return named.filter((name) => {
    const compiled = /^out\/(.+)\.js$/.exec(name)?.[1];
    return !existsSync(projectPath(compiled === undefined ? name : `${compiled}.ts`));
  });
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(projectPath(folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`);
}

/** Whether a link leads to another page or heading; the examples in the README lead to a recording. */
function isOfTheProject(link: string): boolean {
  return !/^https?:/.test(link) && !link.includes('#t=');
}

function isLinkTo(link: string, from: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? from : path.posix.join(path.posix.dirname(from), file);
  return (
    existsSync(projectPath(target)) && (heading === undefined || anchorsIn(textOf(target)).includes(heading))
  );
}

/** The anchors of headings, as GitHub makes them. */
function anchorsIn(markdown: string): readonly string[] {
  return matches(markdown, /^#{1,6} (.+)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
