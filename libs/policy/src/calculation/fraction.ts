import { DomainError, invariant, Money, type Rounding } from '@provident/kernel';

const DECIMAL_TEXT = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * An exact rational number in whole numbers: months / 12 and wage / 30.4 stay exact until the one named rounding of the
 * rule, so that a tie is a tie.
 */
export class Fraction {
  private constructor(
    readonly numerator: bigint,
    /** Positive. */
    readonly denominator: bigint,
  ) {}

  static readonly zero = new Fraction(0n, 1n);
  static readonly one = new Fraction(1n, 1n);

  /** Reads a decimal text such as "0.083" or a whole number. Throws `number-malformed`. */
  static of(value: string | number | bigint): Fraction {
    const text = String(value);
    const match = DECIMAL_TEXT.exec(text);
    if (match === null) {
      throw new DomainError(
        'number-malformed',
        `"${text}" is not a number.`,
        'A number is a decimal without separators or exponent.',
        'Write it like 0.083.',
        { value: text },
      );
    }
    const [, sign = '', whole = '', places = ''] = match;
    return new Fraction(BigInt(`${sign}${whole}${places}`), 10n ** BigInt(places.length));
  }

  static ofMoney(amount: Money): Fraction {
    return new Fraction(amount.fen, 100n);
  }

  plus(other: Fraction): Fraction {
    return new Fraction(
      this.numerator * other.denominator + other.numerator * this.denominator,
      this.denominator * other.denominator,
    );
  }

  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.numerator, other.denominator));
  }

  times(other: Fraction | number): Fraction {
    const by = typeof other === 'number' ? Fraction.of(other) : other;
    return new Fraction(this.numerator * by.numerator, this.denominator * by.denominator);
  }

  over(other: Fraction | number): Fraction {
    const by = typeof other === 'number' ? Fraction.of(other) : other;
    invariant(by.numerator !== 0n, 'division by zero must be refused before it is tried');
    const sign = by.numerator < 0n ? -1n : 1n;
    return new Fraction(sign * this.numerator * by.denominator, sign * this.denominator * by.numerator);
  }

  compare(other: Fraction): -1 | 0 | 1 {
    const difference = this.numerator * other.denominator - other.numerator * this.denominator;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isNegative(): boolean {
    return this.numerator < 0n;
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  static min(a: Fraction, b: Fraction): Fraction {
    return b.compare(a) < 0 ? b : a;
  }

  static max(a: Fraction, b: Fraction): Fraction {
    return b.compare(a) > 0 ? b : a;
  }

  /** Rounded to so many decimals; "half-up" is away from zero on a tie, "up" is away from zero. */
  rounded(decimals: number, mode: 'half-up' | 'up'): Fraction {
    const scale = 10n ** BigInt(decimals);
    const divide = mode === 'half-up' ? divideHalfUp : divideUp;
    return new Fraction(divide(this.numerator * scale, this.denominator), scale);
  }

  /** As an amount of yuan, rounded as named. */
  toMoney(rounding: Rounding): Money {
    const fen = FEN[rounding];
    const units = this.numerator * 100n;
    const divisor = this.denominator * fen;
    if (rounding === 'fen-down') return Money.fromFen(units / divisor);
    const divide = rounding.endsWith('half-up') ? divideHalfUp : divideUp;
    return Money.fromFen(divide(units, divisor) * fen);
  }

  /** Decimal text with exactly so many places; the value must fit them. */
  toFixed(decimals: number): string {
    const scaled = this.numerator * 10n ** BigInt(decimals);
    invariant(scaled % this.denominator === 0n, 'round a fraction before writing it');
    const digits = scaled / this.denominator;
    const text = (digits < 0n ? -digits : digits).toString().padStart(decimals + 1, '0');
    const sign = digits < 0n ? '-' : '';
    return decimals === 0 ? sign + text : `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
  }

  /** The whole decimal text, without trailing zeros, of a number made of decimals (its denominator is a power of ten). */
  toDecimal(): string {
    return this.toFixed(this.denominator.toString().length - 1)
      .replace(/(\.\d*?)0+$/, '$1')
      .replace(/\.$/, '');
  }

  /** For people: the exact decimal if it ends within 10 places, else cut there and marked with "…". */
  toString(): string {
    const scale = 10n ** 10n;
    const exact = (this.numerator * scale) % this.denominator === 0n;
    const cut = new Fraction((this.numerator * scale) / this.denominator, scale);
    const text = cut.toFixed(10);
    return exact ? text.replace(/\.?0+$/, '') : `${text}…`;
  }
}

const FEN: Record<Rounding, bigint> = {
  'fen-half-up': 1n,
  'yuan-half-up': 100n,
  'fen-down': 1n,
  'yuan-up': 100n,
  'jiao-up': 10n,
};

/** Whole-number division, half away from zero; the divisor is positive. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const magnitude = dividend < 0n ? -dividend : dividend;
  const rounded = (2n * magnitude + divisor) / (2n * divisor);
  return dividend < 0n ? -rounded : rounded;
}

function divideUp(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  if (dividend % divisor === 0n) return quotient;
  return dividend < 0n ? quotient - 1n : quotient + 1n;
}
