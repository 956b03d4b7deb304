const alreadyClean = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
// eslint-disable-next-line no-control-regex -- removing them is the point
const controls = /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]/g;
const whitespace = /[\s\x85]+/g;
const loneSurrogate = /\p{Surrogate}/gu;

/**
 * Text from outside as one line of well-formed Unicode: runs of whitespace become one space, control characters
 * go, halves of surrogate pairs become U+FFFD. Everything else, such as direction marks, is part of the text.
 */
export function cleanText(text: string): string {
  if (alreadyClean.test(text)) {
    return text;
  }
  return text.replace(controls, '').replace(whitespace, ' ').trim().replace(loneSurrogate, '\ufffd');
}
