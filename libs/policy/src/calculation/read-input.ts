import { Money } from '@provident/kernel';
import { Fraction } from './fraction.js';

/** An amount that has passed the input schema: digits, a point, two digits. */
export function amount(text: string): Money {
  return Money.fromFen(BigInt(text.replace('.', '')));
}

export function optionalAmount(text: string | undefined): Money | undefined {
  return text === undefined ? undefined : amount(text);
}

/** The amount as an exact number of yuan. */
export function yuan(text: string): Fraction {
  return Fraction.ofMoney(amount(text));
}

export function ratio(text: string): Fraction {
  return Fraction.of(text);
}
