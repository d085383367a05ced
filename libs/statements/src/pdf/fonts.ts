import { create, type Font } from 'fontkit';
import { readFileSync } from 'node:fs';

const folder = '@expo-google-fonts/noto-sans-sc';

/**
 * Noto Sans SC, embedded so far as its characters are used. It has the whole of the table of general standard characters
 * (通用规范汉字表), all of CJK Extension A but ten, and of the further extensions those that the table has for names.
 */
export const FONT_FILES = {
  normal: require.resolve(`${folder}/400Regular/NotoSansSC_400Regular.ttf`),
  bold: require.resolve(`${folder}/700Bold/NotoSansSC_700Bold.ttf`),
};

let opened: Font | undefined;

/** What is not shown although a font has it: controls, and marks that turn the direction of a text. */
const NOT_SHOWN = /[\p{Cc}\p{Cf}\p{Co}]/u;

/** Whether a character of a text is shown by the embedded font. */
export function isCovered(character: string): boolean {
  if (NOT_SHOWN.test(character)) return false;
  opened ??= create(readFileSync(FONT_FILES.normal)) as Font;
  return opened.hasGlyphForCodePoint(character.codePointAt(0) as number);
}

/**
 * The text as it can be printed: a character that the font lacks stands as its code in brackets, 〔U+20BB7〕, so that it is
 * neither a blank nor a box.
 */
export function printable(text: string): string {
  return Array.from(text, (character) => (isCovered(character) ? character : codeOf(character))).join('');
}

/** Characters of the texts that are printed as their codes, each once. */
export function notCovered(texts: Iterable<string>): string[] {
  const found = new Set<string>();
  for (const text of texts) for (const character of text) if (!isCovered(character)) found.add(codeOf(character));
  return [...found];
}

function codeOf(character: string): string {
  return `〔U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}〕`;
}
