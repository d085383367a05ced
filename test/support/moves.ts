import { FUNDS, type Fund } from '@provident/kernel';
import fc from 'fast-check';

export const EMPLOYERS = 3;
export const PEOPLE = 6;

/** What somebody at the agency does next. Whom and how much it hits is worked out when its turn comes. */
export type Move = { readonly days: number } & (
  | {
      readonly do: 'declare';
      readonly employer: number;
      /** Per person what happens to them (`Choice`), and their wage in fen. */
      readonly choices: readonly number[];
      readonly wages: readonly number[];
      readonly acceptGoodRows: boolean;
      readonly again: boolean;
    }
  | {
      readonly do: 'pay';
      readonly employer: number;
      readonly fund: Fund;
      readonly how: 'exact' | 'short' | 'over' | 'any';
      readonly fen: number;
      /** Who the bank says it is from: the employer, nobody, or somebody who is not registered. */
      readonly from: 'employer' | 'nobody' | 'stranger';
      readonly backdated: number;
      readonly again: boolean;
    }
  | { readonly do: 'pay-all'; readonly employer: number }
  | { readonly do: 'assess-late-fees'; readonly employer: number }
  | {
      readonly do: 'pay-late-fees';
      readonly employer: number;
      readonly fund: Fund;
      /** Fen beyond what is charged and unpaid in the fund, or short of it. */
      readonly off: number;
      readonly from: 'employer' | 'nobody';
    }
  | { readonly do: 'identify'; readonly which: number; readonly employer: number }
  | { readonly do: 'correct'; readonly which: number; readonly person: number }
  | { readonly do: 'close'; readonly year: number }
  /** One number turns out to be a second one of another person. */
  | { readonly do: 'merge'; readonly person: number; readonly survivor: number }
);

/** Bounds of 上海市 in 2025, in fen: wages are drawn around them, because that is where bases change. */
const BOUNDS_FEN = [738_400, 746_000, 3_692_100, 3_730_200];
const wage = fc.oneof(
  fc.tuple(fc.constantFrom(...BOUNDS_FEN), fc.integer({ min: -2, max: 2 })).map(([bound, off]) => bound + off),
  fc.integer({ min: 0, max: 10_000_000 }),
);

const employer = fc.nat({ max: EMPLOYERS - 1 });
const person = fc.nat({ max: PEOPLE - 1 });
/** Mostly close together; now and then a year's end comes near. */
const days = fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 12 }) }, { weight: 1, arbitrary: fc.nat({ max: 120 }) });
const which = fc.nat({ max: 20 });

const declare = fc.record({
  do: fc.constant('declare' as const),
  ...{ days, employer, acceptGoodRows: fc.boolean() },
  choices: fc.array(fc.nat({ max: 15 }), { minLength: PEOPLE, maxLength: PEOPLE }),
  wages: fc.array(wage, { minLength: PEOPLE, maxLength: PEOPLE }),
  again: fc.nat({ max: 5 }).map((chance) => chance === 0),
});

const pay = fc.record({
  do: fc.constant('pay' as const),
  ...{ days, employer, fund: fc.constantFrom(...FUNDS) },
  how: fc.constantFrom('exact' as const, 'short' as const, 'over' as const, 'any' as const),
  fen: fc.integer({ min: 1, max: 400_000 }),
  from: fc.constantFrom('employer' as const, 'employer' as const, 'nobody' as const, 'stranger' as const),
  backdated: fc.nat({ max: 40 }),
  again: fc.nat({ max: 5 }).map((chance) => chance === 0),
});

const payLateFees = fc.record({
  do: fc.constant('pay-late-fees' as const),
  ...{ days, employer, fund: fc.constantFrom(...FUNDS), off: fc.integer({ min: -500, max: 500 }) },
  from: fc.constantFrom('employer' as const, 'employer' as const, 'nobody' as const),
});

const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 5, arbitrary: declare },
  { weight: 4, arbitrary: pay },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay-all' as const), days, employer }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('assess-late-fees' as const), days, employer }) },
  { weight: 2, arbitrary: payLateFees },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('identify' as const), days, which, employer }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('correct' as const), days, which, person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('merge' as const), days, person, survivor: person }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('close' as const), days, year: fc.constantFrom(2024, 2025) }),
  },
);

export const moves: fc.Arbitrary<readonly Move[]> = fc.array(move, { minLength: 6, maxLength: 36, size: 'max' });
