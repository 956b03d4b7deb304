// Fails if a regular expression in src/ may take more than linear time: most of them read text of others, such as files of a
// cloned folder and answers of servers. What was found safe is remembered in out/, since checking takes a minute or two.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

// The checker comes as JavaScript, too, which needs no other program on the machine.
process.env['RECHECK_BACKEND'] ??= 'pure';
const { checkSync } = await import('recheck');

/** Patterns that the checker cannot prove to be linear, and why they are harmless. */
const accepted = new Map([
  [
    '/(?<!`)(?<ticks>`+)(?!`)(?<code>[^]{0,1999}?[^`])\\k<ticks>(?!`)/',
    'From each row of backticks, it looks at 2000 characters.',
  ],
]);

/** Enough beside other work; patterns that take longer to check are too complicated. */
const timeoutMs = 120_000;
/** The checker tries random texts, too: the same ones each time. */
const randomSeed = 1;
const memory = 'out/safe-patterns.json';

/** All regular expression literals of a file, with their lines. */
function patternsIn(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ pattern: node.text, place: `${file}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function readMemory() {
  try {
    return new Set(JSON.parse(readFileSync(memory, 'utf8')));
  } catch {
    return new Set();
  }
}

const safe = readMemory();
const problems = [];
const unused = new Set(accepted.keys());
const files = readdirSync('src', { recursive: true }).filter((file) => file.endsWith('.ts'));
for (const file of files.sort()) {
  for (const { pattern, place } of patternsIn(`src/${file}`)) {
    unused.delete(pattern);
    if (accepted.has(pattern) || safe.has(pattern)) {
      continue;
    }
    const [, source, flags] = /^\/([^]*)\/([a-z]*)$/.exec(pattern);
    const { status, complexity, error } = checkSync(source, flags, { timeout: timeoutMs, randomSeed });
    if (status === 'safe') {
      safe.add(pattern);
    } else {
      problems.push(`${place}: ${pattern} is ${complexity?.summary ?? `unknown (${error?.kind})`}`);
    }
  }
}
mkdirSync('out', { recursive: true });
writeFileSync(memory, JSON.stringify([...safe]));
problems.push(
  ...[...unused].map((pattern) => `scripts/check-patterns.mjs accepts ${pattern}, which is not there`),
);
if (problems.length > 0) {
  console.error(`Patterns that may take more than linear time:\n${problems.join('\n')}`);
  process.exit(1);
}
