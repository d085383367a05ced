import { Decimal } from 'decimal.js';
import { DomainError } from './domain-error.js';

/** Exact decimals: enough digits that no statutory product or quotient loses one before its named rounding. */
export const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -60, toExpPos: 60 });
export type Exact = Decimal;

const RATE_TEXT = /^-?\d{1,12}(\.\d{1,12})?$/;

/**
 * A ratio such as a contribution rate, as a fraction: 16 % is `0.16`. Immutable and exact.
 *
 * Beside the decimal it keeps the same value as `units / scale` in whole numbers, so that the hot path
 * (amount × rate, rounded) needs integer arithmetic only.
 */
export class Rate {
  private constructor(
    readonly decimal: Exact,
    readonly units: bigint,
    readonly scale: bigint,
  ) {}

  /** Reads a decimal text such as "0.16". Throws `rate-malformed` for anything else. */
  static of(text: string): Rate {
    if (!RATE_TEXT.test(text)) {
      throw new DomainError(
        'rate-malformed',
        `"${text}" is not a rate.`,
        'A rate is a decimal fraction with at most 12 places.',
        'Write 16 % as 0.16.',
        { value: text },
      );
    }
    const places = text.includes('.') ? text.length - text.indexOf('.') - 1 : 0;
    return new Rate(new Exact(text), BigInt(text.replace('.', '')), 10n ** BigInt(places));
  }

  static readonly zero = Rate.of('0');

  minus(other: Rate): Rate {
    return Rate.of(this.decimal.minus(other.decimal).toFixed());
  }

  equals(other: Rate): boolean {
    return this.decimal.equals(other.decimal);
  }

  /** Decimal text without padding: "0.16". */
  toString(): string {
    return this.decimal.toFixed();
  }

  toJSON(): string {
    return this.toString();
  }
}
