/** Letters that GB 32100 leaves out (I, O, S, V, Z) are easily misread. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;

/** What is wrong with a unified social credit code (统一社会信用代码, GB 32100-2015), or `undefined`. */
export function creditCodeFault(text: string): 'length' | 'characters' | 'check-digit' | undefined {
  if (text.length !== 18) return 'length';
  for (const character of text) if (!ALPHABET.includes(character)) return 'characters';
  return text[17] === creditCodeCheckCharacter(text.slice(0, 17)) ? undefined : 'check-digit';
}

/** The check character of the first 17 characters (weights 3^i mod 31). */
export function creditCodeCheckCharacter(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i += 1) sum += ALPHABET.indexOf(first17[i] as string) * (WEIGHTS[i] as number);
  return ALPHABET[(31 - (sum % 31)) % 31] as string;
}
