import type { Fund, Scheme } from '@provident/kernel';
import { INDICATORS, type IndicatorId } from './definitions.js';
import type { FundFigures, MonthlyStatistics, SchemeFigures } from './queries.js';

/** What a figure is about: a scheme, all schemes together, or a fund. */
export type FigureSubject = Scheme | 'all' | Fund;

/** One figure of a month by itself: counts and amounts (yuan) as texts; null where there is none. */
export interface Figure {
  readonly indicator: IndicatorId;
  readonly of: FigureSubject;
  readonly value: string | null;
}

/** A month's statistics as a list of figures, in the order of the definitions. */
export function figuresOf({ schemes, all, funds }: MonthlyStatistics): Figure[] {
  const bySubject = [
    ...schemes.map((each) => ({ of: each.scheme, figures: schemeValues(each) })),
    { of: 'all' as const, figures: schemeValues(all) },
    ...funds.map((each) => ({ of: each.fund, figures: fundValues(each) })),
  ];
  return INDICATORS.flatMap(({ id }) =>
    bySubject.flatMap(({ of, figures }) => {
      const value = figures[id];
      return value === undefined ? [] : [{ indicator: id, of, value }];
    }),
  );
}

type Values = Partial<Record<IndicatorId, string | null>>;

function schemeValues({ collectionRate, participants, payers, due, received, receivedLate, arrears }: SchemeFigures) {
  return {
    ...{ participants: participants.toString(), payers: payers.toString() },
    ...{ due: due.toString(), received: received.toString(), receivedLate: receivedLate.toString() },
    ...{ arrears: arrears.toString(), collectionRate: collectionRate ?? null },
  } satisfies Values as Values;
}

function fundValues({ income, expenditure, balance }: FundFigures): Values {
  return { income: income.toString(), expenditure: expenditure.toString(), balance: balance.toString() };
}
