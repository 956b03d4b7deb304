/** JSON that is larger or nests deeper than anything Steno has to read. */
export class ExcessiveJson extends Error {
  override readonly name = 'ExcessiveJson';
}

/** The API nests a dozen levels. What walks over a value, such as `JSON.stringify`, has a stack that overflows. */
const maxDepth = 64;
/**
 * Objects and arrays. Two days of speech are half a million words, each of which comes twice. As JSON, an empty object has
 * 3 bytes, in memory it has 60.
 */
const maxContainers = 2_000_000;
/** Commas, so fields of objects and elements of arrays: those words have seven each. */
const maxCommas = 8_000_000;
/**
 * Different beginnings of objects, by the names of their fields in their order. V8 makes a hidden class for each of them,
 * which takes it 10 µs. A transcript has some hundred.
 */
const maxShapes = 50_000;

/**
 * Parses JSON of any origin. Counts first: the cost of parsing depends less on the length of a text than on what is in it.
 *
 * @throws ExcessiveJson, and SyntaxError for a text that is no JSON
 */
export function parseJson(text: string): unknown {
  const counter = new JsonCounter();
  let string = '';
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quotationMark) {
      const start = at;
      at = endOfString(text, start);
      string = text.slice(start, at);
    } else if (counter.add(code, string)) {
      throw new ExcessiveJson('The JSON is too large or nests too deep');
    }
  }
  return JSON.parse(text);
}

const quotationMark = 0x22;

/** The names that follow the names so far, each with those that follow it. */
type Shape = Map<string, Shape>;

/** Counts what makes JSON costly, by its punctuation outside of strings. */
class JsonCounter {
  private containers = 0;
  private commas = 0;
  private shapes = 0;
  private readonly empty: Shape = new Map();
  /** How the open objects begin. For an array this stays as it is. */
  private readonly open: Shape[] = [];

  /**
   * @param code a character outside of strings
   * @param string the last string before it
   * @returns whether it is too much now
   */
  add(code: number, string: string): boolean {
    switch (code) {
      case 0x2c: // ,
        return ++this.commas > maxCommas;
      case 0x3a: // :
        return this.addName(string);
      case 0x5b: // [
      case 0x7b: // {
        return this.open.push(this.empty) > maxDepth || ++this.containers > maxContainers;
      case 0x5d: // ]
      case 0x7d: // }
        this.open.pop();
    }
    return false;
  }

  private addName(name: string): boolean {
    const before = this.open.pop() ?? this.empty;
    let shape = before.get(name);
    if (shape === undefined) {
      shape = new Map();
      before.set(name, shape);
      this.shapes++;
    }
    this.open.push(shape);
    return this.shapes > maxShapes;
  }
}

/** Where the string ends that begins at an offset; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end === -1 ? text.length : end;
}

/** Whether an odd number of backslashes precedes a character. */
function isEscaped(text: string, at: number): boolean {
  let start = at;
  while (text.charCodeAt(start - 1) === 0x5c) {
    start--;
  }
  return (at - start) % 2 === 1;
}
