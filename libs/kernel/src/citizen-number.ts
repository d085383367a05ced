import { isBusinessDate, type BusinessDate } from './business-date.js';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** What is wrong with a citizen number (公民身份号码, GB 11643-1999), or `undefined` when it is well formed. */
export function citizenNumberFault(text: string): 'length' | 'characters' | 'birth-date' | 'check-digit' | undefined {
  if (text.length !== 18) return 'length';
  if (!/^[1-9]\d{16}[\dX]$/.test(text)) return 'characters';
  if (!isBusinessDate(birthText(text))) return 'birth-date';
  return text[17] === citizenCheckCharacter(text.slice(0, 17)) ? undefined : 'check-digit';
}

/** The well-formed citizen numbers that stand in a text, each once. */
export function citizenNumbersIn(text: string): string[] {
  const found = (text.match(/(?<!\d)\d{17}[\dX](?!\d)/gi) ?? []).map((number) => number.toUpperCase());
  return [...new Set(found)].filter((number) => citizenNumberFault(number) === undefined);
}

/** The check character of the first 17 digits (ISO 7064, MOD 11-2). */
export function citizenCheckCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += Number(first17[i]) * (WEIGHTS[i] as number);
  return CHECK_CHARACTERS[sum % 11] as string;
}

export function birthDateOf(citizenNumber: string): BusinessDate {
  return birthText(citizenNumber) as BusinessDate;
}

/** The 17th digit is odd for men. */
export function sexOf(citizenNumber: string): 'male' | 'female' {
  return Number(citizenNumber[16]) % 2 === 1 ? 'male' : 'female';
}

function birthText(citizenNumber: string): string {
  return `${citizenNumber.slice(6, 10)}-${citizenNumber.slice(10, 12)}-${citizenNumber.slice(12, 14)}`;
}
