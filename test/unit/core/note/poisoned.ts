import type { JsonObject } from '../../../../src/core/json';

const traps = [
  '# Heading\n## Tom\n[00:00:01](x.mp3#t=1) Not said',
  '- [x] done\r\n- [ ] not done',
  '[click](command:workbench.action.quit) ![](https://evil.example/x.png)',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '---\n===\n***',
  '> quote | a | b |',
  '1. first\n2) second',
  '``` js\n~~~\n<!--',
  '**bold** __bold__ *',
  'https://evil.example www.evil.example me@evil.example',
  '\u202egnp.exe\u202c [x]: y [^1] &lt;b&gt; $x$ : def',
  '+ plus\u0000\u001b[31m',
];

/** Values with a meaning in the API. With others, nothing would be shown. */
const meant: readonly unknown[] = [
  ...['success', 'completed', 'bullets', 'POSITIVE', 'NEUTRAL', 'NEGATIVE'],
  ...['low', 'medium', 'high', 'profanity'],
];

/**
 * A body in which every text, and every name that the service may choose, is replaced by hostile text; the same text is
 * always replaced in the same way, so that references stay valid.
 */
export function poisoned(body: JsonObject): JsonObject {
  const given = new Map<string, string>();
  const trapFor = (text: string): string => {
    const trap = given.get(text) ?? `${traps[given.size % traps.length]!} ${given.size}`;
    given.set(text, trap);
    return trap;
  };
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, poison(value, trapFor)]));
}

function poison(value: unknown, trapFor: (text: string) => string): unknown {
  if (typeof value === 'string') {
    return meant.includes(value) ? value : trapFor(value);
  }
  if (Array.isArray(value)) {
    return value.map((each) => poison(each, trapFor));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => [
      /^[a-z]+(_[a-z]+)*$/.test(key) ? key : trapFor(key),
      poison(each, trapFor),
    ]);
    return Object.fromEntries(entries) as JsonObject;
  }
  return value;
}
