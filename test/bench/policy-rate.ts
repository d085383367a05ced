import { Money, month } from '@provident/kernel';
import { contributionDue, contributionTerms, loadPolicy } from '@provident/policy';
import { Decimal } from 'decimal.js';
import { type Measurement, measurement, median } from './result.js';

const CALCULATIONS = 1_000_000;
const REPEATS = 3;
/** Wages from below the floor to above the ceiling. */
const WAGES = 1_000;

/**
 * Contributions of a million person-months, in calculations per second: base within its bounds and every line rounded to
 * the fen. The yardstick multiplies the same wages by the same rates with decimal.js and rounds, without any bounds.
 */
export async function policyRate(): Promise<Measurement> {
  const terms = contributionTerms(loadPolicy(), { area: '310000', month: month('2025-08'), riskClass: 1 });
  const wages = Array.from({ length: WAGES }, (_, at) => Money.fromFen(BigInt(400_000 + at * 4_001)));
  const ours = (): string => {
    let last = Money.zero;
    for (let at = 0; at < CALCULATIONS; at += 1) {
      for (const amount of contributionDue(terms, wages[at % WAGES] as Money).amounts) last = amount;
    }
    return last.toString();
  };
  const amounts = wages.map((wage) => new Decimal(wage.toString()));
  const rates = terms.lines.map(({ rate }) => new Decimal(rate.toString()));
  const yardstick = (): string => {
    let last = new Decimal(0);
    for (let at = 0; at < CALCULATIONS; at += 1) {
      const wage = amounts[at % WAGES] as Decimal;
      for (const rate of rates) last = wage.times(rate).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
    }
    return last.toString();
  };
  // In turn, so that whatever else the machine does falls on both.
  const rounds: { ours: number; yardstick: number }[] = [];
  for (let round = 0; round < REPEATS; round += 1) {
    rounds.push({ ours: perSecond(ours), yardstick: perSecond(yardstick) });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return measurement({
    name: 'contribution calculations',
    unit: '1/s',
    ours: median(rounds.map((each) => each.ours)),
    yardstick: median(rounds.map((each) => each.yardstick)),
    yardstickName: `${rates.length} decimal.js products, rounded`,
    aim: 'a million in seconds',
  });
}

/** The work returns what it came to, so that no compiler finds it idle. */
function perSecond(work: () => string): number {
  const startedAt = performance.now();
  if (work() === '') throw new Error('The work came to nothing.');
  return (CALCULATIONS / (performance.now() - startedAt)) * 1_000;
}
