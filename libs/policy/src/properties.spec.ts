import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError, Money, month, Rate } from '@provident/kernel';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { accountInterest } from './accounts/month-product-interest.js';
import { dataFolder, loadPolicy } from './book/load-policy.js';
import { calculate } from './calculate.js';
import { contributionDue } from './contributions/contribution-due.js';
import { contributionTerms } from './contributions/contribution-terms.js';

const fen = (most: number) => fc.integer({ min: 0, max: most }).map((value) => Money.fromFen(BigInt(value)));
const read = (name: string): unknown => JSON.parse(readFileSync(join(dataFolder(), 'cases', name), 'utf8'));

describe('what the law makes monotone', () => {
  const terms = contributionTerms(loadPolicy(), { area: '310000', month: month('2025-09'), riskClass: 5 });

  it('a higher wage never lowers a contribution, and every line is exact to the fen', () => {
    fc.assert(
      fc.property(fen(6_000_000), fen(1_000_000), (wage, more) => {
        const [low, high] = [contributionDue(terms, wage), contributionDue(terms, wage.plus(more))];
        for (const [index, amount] of low.amounts.entries()) {
          expect(high.amounts[index]!.fen).toBeGreaterThanOrEqual(amount.fen);
          // |amount − base × rate| ≤ half a fen, in whole numbers.
          const { units, scale } = terms.lines[index]!.rate;
          const off = 2n * (amount.fen * scale - low.base.fen * units);
          expect(off <= scale && off > -scale).toBe(true);
        }
      }),
    );
  });

  it('a later birth month never lowers the retirement month', () => {
    const birth = fc.integer({ min: 1940 * 12, max: 2010 * 12 });
    const text = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.constantFrom('male-60', 'female-55', 'female-50'), birth, (group, index) => {
        const at = (of: number) => calculate('retirement-age', { group, birthMonth: text(of) }).result;
        const month = (of: number) => at(of)['retirementMonth'] as string;
        expect(month(index + 1) > month(index)).toBe(true);
        const { earliestMonth, retirementMonth, latestMonth } = at(index);
        if (earliestMonth !== undefined)
          expect([earliestMonth, retirementMonth, latestMonth]).toEqual(
            [earliestMonth, retirementMonth, latestMonth].toSorted(),
          );
      }),
    );
  });

  it('a later payment never lowers the late fee, and the segments hold all days', () => {
    const day = fc.date({ min: new Date('1999-01-22'), max: new Date('2026-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, day, fen(10_000_000), (one, other, principal) => {
        const [from, to] = [one, other].map((each) => each.toISOString().slice(0, 10)).toSorted();
        const feeTo = (end: string | undefined) =>
          calculate('late-fee-by-dates', {
            principal: principal.toString(),
            from,
            to: end,
            dayCount: 'inclusive',
            cap: 'none',
          }).result as { fee: string; days: number; segments: { days: number }[] };
        const fee = feeTo(to);
        expect(fee.segments.reduce((all, { days }) => all + days, 0)).toBe(fee.days);
        expect(Money.of(fee.fee).lessThan(Money.of(feeTo(from).fee))).toBe(false);
      }),
    );
  });

  it('more months of contributions never shorten unemployment benefit or lengthen nothing beyond 24', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 12, max: 600 }),
        fc.constantFrom('statutory-cap', 'full-year-then-half-year'),
        (months, durationRule) => {
          const of = (contributionMonths: number) =>
            Number(calculate('unemployment-benefit', { contributionMonths, durationRule }).result['months']);
          expect(of(months + 1)).toBeGreaterThanOrEqual(of(months));
          expect(of(months)).toBeLessThanOrEqual(24);
        },
      ),
    );
  });

  it('interest never falls with the rate, and the closing balance adds up', () => {
    const entry = fc.record({ month: fc.integer({ min: 1, max: 12 }), amount: fen(1_000_000) });
    const rate = fc.integer({ min: 0, max: 1000 }).map((points) => Rate.of((points / 10_000).toFixed(4)));
    fc.assert(
      fc.property(fen(100_000_000), fc.array(entry), rate, (openingBalance, credits, one) => {
        const interest = accountInterest({ method: 'month-product', openingBalance, rate: one, credits });
        const none = accountInterest({ method: 'month-product', openingBalance, rate: Rate.zero, credits });
        expect(none.interest.isZero).toBe(true);
        expect(interest.interest.isNegative).toBe(false);
        expect(interest.closingBalance.equals(none.closingBalance.plus(interest.interest))).toBe(true);
      }),
    );
  });
});

interface CaseSchema {
  $defs: Record<string, { properties: { inputs: object; expected: object } }>;
}

/** A value that stands in a wrong place, or is wrong anywhere. */
const junk = fc.constantFrom<unknown>(
  ...['', 'abc', '-1.00', '1e5', '0.00', '0', '1', '0.5', '-0.01', '99999999999999999999999.00', '12345.67', '1000.00'],
  ...[
    '2026-13',
    '2026-02-30',
    '9999-12',
    '0000-01',
    '1998-01',
    '1999-01-22',
    'NaN',
    '1,000.00',
    '１２.００',
    '30',
    '30.4',
  ],
  ...[0, 1, -1, 1.5, 12, 13, 360, 1e9, 1e21, Number.MAX_SAFE_INTEGER, null, true, false, [], {}, [null]],
);

/** The inputs of a worked case with one to three places deleted, added or replaced. */
function mutate(inputs: unknown, steps: readonly { at: number; how: number; value: unknown }[]): unknown {
  const copy = structuredClone(inputs) as Record<string, unknown>;
  for (const { at, how, value } of steps) {
    const places: [Record<string, unknown>, string][] = [];
    const walk = (node: unknown) => {
      if (typeof node !== 'object' || node === null) return;
      for (const key of Object.keys(node)) {
        places.push([node as Record<string, unknown>, key]);
        walk((node as Record<string, unknown>)[key]);
      }
    };
    walk(copy);
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) continue;
    const [owner, key] = place;
    if (how === 0 && Array.isArray(owner)) owner.splice(Number(key), 1);
    else if (how === 0) Reflect.deleteProperty(owner, key);
    else if (how === 1) owner[Array.isArray(owner) ? owner.length : 'further'] = structuredClone(value);
    else owner[key] = structuredClone(value);
  }
  return copy;
}

describe('invalid inputs', () => {
  const schema = read('cases.schema.json') as CaseSchema;
  const cases = read('cases.json') as { formula: string; inputs: unknown }[];
  const ajv = new Ajv2020({ strict: false }).addSchema(schema, 'cases');
  const validatorOf = (formula: string, part: string) => {
    const validate = ajv.getSchema(`cases#/$defs/${formula}/properties/${part}`);
    if (validate === undefined) throw new Error(`no schema of ${formula}`);
    return validate;
  };
  const step = fc.record({ at: fc.nat(60), how: fc.integer({ min: 0, max: 4 }), value: junk });

  it('are refused exactly where the case format refuses them, and never give nonsense', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(step, { minLength: 1, maxLength: 3 }),
        ({ formula, inputs }, steps) => {
          const mutated = mutate(inputs, steps);
          const wellFormed = validatorOf(formula, 'inputs')(mutated) as boolean;
          try {
            const { result } = calculate(formula, mutated);
            expect(wellFormed).toBe(true);
            expect(validatorOf(formula, 'expected')(result)).toBe(true);
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
            if (!wellFormed) expect(error.code).toBe('input-invalid');
          }
        },
      ),
      { numRuns: 4000 },
    );
  });
});
