/** Colours of the printed page. All texts keep a contrast above 4.5 : 1 on white. */
export const INK = '#1f2933';
export const FAINT = '#52606d';
export const RULE = '#cbd2d9';
export const SHADE = '#f1f4f8';
export const BRAND = '#0b4f8a';
export const RED = '#b00020';

/** 1234567.80 as 1,234,567.80; the minus sign stands before it. */
export function grouped(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+(?=\.))/g, ',');
}

/** 0.0262 as 2.62%. Texts only: a rate is never a floating-point number. */
export function percent(rate: string): string {
  const [whole = '0', decimals = ''] = rate.split('.');
  const digits = whole + decimals.padEnd(2, '0');
  const point = whole.length + 2;
  const left = digits.slice(0, point).replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).replace(/0+$/, '');
  return `${left}${right === '' ? '' : `.${right}`}%`;
}
