const alreadyClean = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const whitespace = /[\s\x85]+/g;
/** Of the control characters those that are no whitespace. */
const controls = /(?![\s\x85])\p{Cc}/gu;
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
