import { citizenNumberFault, creditCodeFault } from '@provident/kernel';
import { formulaText, Refusal, type Rule } from './row-cells.js';
import { looksLikeFormula } from './spreadsheet-text.js';

/** A text of at most so many characters, without formulas and without characters that exist on one machine only. */
function textOf(maxCharacters: number): Rule<string> {
  return (text) => {
    if (looksLikeFormula(text)) return formulaText();
    if (text.length > maxCharacters) {
      return new Refusal(
        'text-too-long',
        `The text has ${text.length} characters; at most ${maxCharacters} are kept. Shorten it.`,
      );
    }
    if (/[\p{Co}\ufffd]/u.test(text)) {
      return new Refusal(
        'private-character',
        'The text has a character of no standard (a self-made one, 造字), which shows on one machine only. ' +
          'Enter the standard character; Unicode has nearly all rare name characters.',
      );
    }
    return text;
  };
}

/** The register's limits on names and texts (libs/kernel event fields). */
export const name = textOf(200);
export const purpose = textOf(500);

/** An identifier that a bank or office gave: letters, digits and joining marks. */
export const reference: Rule<string> = (text, cell, dateSystem) => {
  if (cell.numeric) {
    return new Refusal(
      'number-for-text',
      'The workbook holds this identifier as a number, so leading zeros may be lost. ' +
        'Format the column as text, and enter the identifiers anew.',
    );
  }
  if (SCIENTIFIC.test(text)) return asNumber();
  const read = textOf(64)(text, cell, dateSystem);
  if (read instanceof Refusal || /^[\p{L}\p{N}][\p{L}\p{N}._/:#-]*$/u.test(read)) return read;
  return new Refusal('reference-malformed', 'An identifier has letters, digits and . _ / : # - only. Correct it.');
};

const SCIENTIFIC = /^\d(\.\d+)?E\+?\d+$/i;

function asNumber(): Refusal {
  return new Refusal(
    'digits-lost',
    'A spreadsheet program turned the identifier into a number (such as 1.10105E+17) and lost its last digits. ' +
      'Format the column as text first, and then enter it anew.',
  );
}

const CITIZEN_REASONS = {
  length: 'A citizen number (公民身份号码) has 18 characters. Compare it with the identity card.',
  characters: 'A citizen number has 17 digits and then a digit or a capital X. Compare it with the identity card.',
  'birth-date':
    'Characters 7 to 14 of a citizen number are a birth date, and these are none. Compare it with the card.',
  'check-digit':
    'The last character does not fit the others (GB 11643), so a digit is wrong or two are exchanged. ' +
    'Compare it with the identity card.',
} as const;

/** A citizen number of GB 11643-1999, as text. */
export const citizenNumber: Rule<string> = (text) => {
  if (SCIENTIFIC.test(text)) return asNumber();
  const fault = citizenNumberFault(text);
  if (fault === undefined) return text;
  // 18 digits that end in zeros: what a spreadsheet leaves of a citizen number that it took for a number.
  const rounded = fault === 'check-digit' && text.endsWith('000');
  return rounded ? asNumber() : new Refusal(`citizen-number-${fault}`, CITIZEN_REASONS[fault]);
};

const CREDIT_REASONS = {
  length: 'A unified social credit code (统一社会信用代码) has 18 characters. Compare it with the business licence.',
  characters: 'A credit code has digits and capital letters other than I, O, S, V, Z. Compare it with the licence.',
  'check-digit':
    'The last character does not fit the others (GB 32100), so a character is wrong or two are exchanged. ' +
    'Compare it with the business licence.',
} as const;

/** A unified social credit code of GB 32100-2015, as text. */
export const creditCode: Rule<string> = (text) => {
  if (SCIENTIFIC.test(text)) return asNumber();
  const fault = creditCodeFault(text);
  return fault === undefined ? text : new Refusal(`credit-code-${fault}`, CREDIT_REASONS[fault]);
};
