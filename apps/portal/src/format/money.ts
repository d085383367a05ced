/**
 * An amount as people read it: thousands apart, two decimals, a true minus. Amounts are decimal texts from end to end;
 * nothing here turns one into a number.
 */
export function money(amount: string): string {
  const [, sign = '', whole = '', cents = ''] = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === '') throw new RangeError(`"${amount}" is no amount.`);
  return `${sign === '-' ? '\u2212' : ''}${grouped(whole)}.${cents.padEnd(2, '0')}`;
}

/** A whole number with its thousands apart. */
export function count(value: string | number | bigint): string {
  const text = value.toString();
  return text.startsWith('-') ? `\u2212${grouped(text.slice(1))}` : grouped(text);
}

export function isZero(amount: string): boolean {
  return /^-?0+(\.0+)?$/.test(amount);
}

/** For the height of a bar in a chart and nothing else: a picture may round, a figure may not. */
export function heightOf(amount: string): number {
  return Number(amount);
}

function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
