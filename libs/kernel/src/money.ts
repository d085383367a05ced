import { DomainError } from './domain-error.js';
import { Exact, type Rate } from './rate.js';

/** Where and how an amount is rounded. "Half up" is away from zero on a tie. */
export type Rounding = 'fen-half-up' | 'yuan-half-up' | 'fen-down' | 'yuan-up' | 'jiao-up';

const AMOUNT_TEXT = /^-?(0|[1-9]\d{0,15})(\.\d{1,2})?$/;
const FEN_PER_UNIT: Record<Rounding, bigint> = {
  'fen-half-up': 1n,
  'yuan-half-up': 100n,
  'fen-down': 1n,
  'yuan-up': 100n,
  'jiao-up': 10n,
};

/** An amount of renminbi (人民币), exact to the fen (分). Immutable. */
export class Money {
  private constructor(readonly fen: bigint) {}

  static readonly zero = new Money(0n);

  static fromFen(fen: bigint): Money {
    return fen === 0n ? Money.zero : new Money(fen);
  }

  /**
   * Reads a decimal text in yuan: "1234.56", "1234.5", "1234". No separators, no sign but a minus, no exponent.
   * Throws `amount-malformed`.
   */
  static of(text: string): Money {
    if (!AMOUNT_TEXT.test(text)) {
      throw new DomainError(
        'amount-malformed',
        `"${text}" is not an amount.`,
        'An amount is written in yuan with at most two decimals, without separators.',
        'Write it like 1234.56.',
        { value: text },
      );
    }
    const dot = text.indexOf('.');
    if (dot < 0) return Money.fromFen(BigInt(text) * 100n);
    const digits = text.slice(0, dot) + text.slice(dot + 1).padEnd(2, '0');
    return Money.fromFen(BigInt(digits));
  }

  /** Rounds an exact number of yuan. The one place where a fraction of a fen is given up. */
  static round(yuan: Exact, rounding: Rounding): Money {
    const unit = FEN_PER_UNIT[rounding];
    const units = yuan.times(100).div(unit.toString());
    const whole = units.toDecimalPlaces(0, decimalMode(rounding));
    return Money.fromFen(BigInt(whole.toFixed(0)) * unit);
  }

  static sum(amounts: Iterable<Money>): Money {
    let fen = 0n;
    for (const amount of amounts) fen += amount.fen;
    return Money.fromFen(fen);
  }

  plus(other: Money): Money {
    return Money.fromFen(this.fen + other.fen);
  }

  minus(other: Money): Money {
    return Money.fromFen(this.fen - other.fen);
  }

  negated(): Money {
    return Money.fromFen(-this.fen);
  }

  /** Amount × rate, rounded as named. Whole-number arithmetic: exact before the rounding. */
  times(rate: Rate, rounding: Rounding): Money {
    return Money.fromFen(
      divide(this.fen * rate.units, rate.scale * FEN_PER_UNIT[rounding], rounding) * FEN_PER_UNIT[rounding],
    );
  }

  /** The amount in yuan as an exact decimal, for formulas that round once at their end. */
  exact(): Exact {
    return new Exact(this.fen.toString()).div(100);
  }

  rounded(rounding: Rounding): Money {
    const unit = FEN_PER_UNIT[rounding];
    return unit === 1n ? this : Money.fromFen(divide(this.fen, unit, rounding) * unit);
  }

  compare(other: Money): -1 | 0 | 1 {
    return this.fen < other.fen ? -1 : this.fen > other.fen ? 1 : 0;
  }

  equals(other: Money): boolean {
    return this.fen === other.fen;
  }

  lessThan(other: Money): boolean {
    return this.fen < other.fen;
  }

  greaterThan(other: Money): boolean {
    return this.fen > other.fen;
  }

  get isZero(): boolean {
    return this.fen === 0n;
  }

  get isNegative(): boolean {
    return this.fen < 0n;
  }

  get isPositive(): boolean {
    return this.fen > 0n;
  }

  static min(a: Money, b: Money): Money {
    return b.fen < a.fen ? b : a;
  }

  static max(a: Money, b: Money): Money {
    return b.fen > a.fen ? b : a;
  }

  /** Always two decimals: "1234.50". The form in which amounts stand in events, JSON and files. */
  toString(): string {
    const magnitude = (this.fen < 0n ? -this.fen : this.fen).toString().padStart(3, '0');
    return `${this.fen < 0n ? '-' : ''}${magnitude.slice(0, -2)}.${magnitude.slice(-2)}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function decimalMode(rounding: Rounding): 0 | 1 | 4 {
  if (rounding.endsWith('-down')) return Exact.ROUND_DOWN;
  if (rounding.endsWith('-half-up')) return Exact.ROUND_HALF_UP;
  return Exact.ROUND_UP;
}

/** Whole-number division, rounded as named; the divisor is positive. */
function divide(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  if (rest === 0n || rounding === 'fen-down') return quotient;
  const away = dividend < 0n ? quotient - 1n : quotient + 1n;
  if (rounding === 'yuan-up' || rounding === 'jiao-up') return away;
  const doubled = rest < 0n ? -2n * rest : 2n * rest;
  return doubled >= divisor ? away : quotient;
}
