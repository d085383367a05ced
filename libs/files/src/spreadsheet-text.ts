/** Characters at the start of a cell that make a spreadsheet program take it for a formula or a command. */
const COMMAND_START = /^[=+\-@\t\r\n＝＋－＠]/;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/;

const PLAIN_NUMBER = /^-?(?=[\d.]{1,16}$)\d{1,15}(\.\d+)?$/;

/** Whether the text is a decimal of at most 15 digits: what a spreadsheet program's numbers hold without loss. */
export function isPlainNumber(text: string): boolean {
  return PLAIN_NUMBER.test(text);
}

/** Whether a spreadsheet program could run this text (CSV injection) instead of showing it. */
export function looksLikeFormula(text: string): boolean {
  return COMMAND_START.test(text);
}

/** Whether the text has characters that are not shown: controls, line breaks, or marks that turn its direction. */
export function hasControlCharacters(text: string): boolean {
  return CONTROL.test(text);
}

/**
 * The text as it may be written into a cell that a person opens in a spreadsheet program: what looks like a formula
 * gets a leading apostrophe, which such programs show as plain text; control characters become blanks.
 */
export function escapeForSpreadsheet(text: string): string {
  const shown = text.replace(new RegExp(CONTROL, 'g'), ' ');
  return looksLikeFormula(text) || looksLikeFormula(shown) ? `'${shown}` : shown;
}
