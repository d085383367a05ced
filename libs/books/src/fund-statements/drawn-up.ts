import { type Fund, invariant, Money } from '@provident/kernel';
import { type Account, accountOf } from '../chart-of-accounts.js';
import type { TurnoverSums } from '../turnovers.js';
import type { Figure, Form, FormLine, Share } from './form.js';

/** A line with its figure in each column. */
export interface DrawnLine {
  readonly line: FormLine;
  readonly figures: readonly Money[];
}

/** The sums that a column is drawn from: `opening` of a period, or what passed in it and stood at its end. */
export interface ColumnSums {
  readonly at: 'opening' | 'end';
  readonly sums: readonly TurnoverSums[];
}

/** Draws a form up from the sums of a fund's accounts, a figure per line and column. Pure. */
export function drawUp(form: Form, fund: Fund, columns: readonly ColumnSums[]): DrawnLine[] {
  const lines = form.lines(fund);
  const known = columns.map((column) => {
    const own = column.sums.filter((each) => each.fund === fund);
    const figures = new Map<string, Money>();
    for (const { id, figure } of ordered(lines)) figures.set(id, valueOf(figure, { ...column, sums: own }, figures));
    return figures;
  });
  return lines.map((line) => ({ line, figures: known.map((figures) => figures.get(line.id) ?? Money.zero) }));
}

/** Sums last, those of sums behind the sums that they are made of. */
function ordered(lines: readonly FormLine[]): FormLine[] {
  const depth = (line: FormLine): number => {
    const { figure } = line;
    if (figure.kind !== 'sum') return 0;
    const parts = [...figure.of, ...(figure.less ?? [])].map((id) => lines.find((each) => each.id === id));
    return 1 + Math.max(...parts.map((part) => (part === undefined ? 0 : depth(part))));
  };
  return lines.toSorted((a, b) => depth(a) - depth(b));
}

function valueOf(figure: Figure, column: ColumnSums, known: ReadonlyMap<string, Money>): Money {
  switch (figure.kind) {
    case 'balance': {
      const [of, less] = [figure.of, figure.less ?? []].map((shares) =>
        Money.sum(shares.map((share) => balanceOf(share, column))),
      );
      return (of ?? Money.zero).minus(less ?? Money.zero);
    }
    case 'flow':
      return flowOf(figure.of, figure.measure, column);
    case 'sum': {
      const [of, less] = [figure.of, figure.less ?? []].map((ids) =>
        Money.sum(ids.map((id) => knownFigure(id, known))),
      );
      return (of ?? Money.zero).minus(less ?? Money.zero);
    }
  }
}

function knownFigure(id: string, known: ReadonlyMap<string, Money>): Money {
  const figure = known.get(id);
  invariant(figure !== undefined, `A total counts the line "${id}", which its form does not have.`);
  return figure;
}

function balanceOf(share: Share, { at, sums }: ColumnSums): Money {
  const account = known(share);
  let fen = 0n;
  for (const each of partsOf(share, sums)) {
    fen += at === 'opening' ? each.openingFen : each.openingFen + each.debitFen - each.creditFen;
  }
  return Money.fromFen(account.normalSide === 'debit' ? fen : -fen);
}

function flowOf(share: Share, measure: 'net' | 'own side', { sums }: ColumnSums): Money {
  const isDebit = known(share).normalSide === 'debit';
  let fen = 0n;
  for (const { debitFen, creditFen } of partsOf(share, sums)) {
    const [own, other] = isDebit ? [debitFen, creditFen] : [creditFen, debitFen];
    fen += measure === 'net' ? own - other : own;
  }
  return Money.fromFen(fen);
}

function partsOf({ account, detail }: Share, sums: readonly TurnoverSums[]): TurnoverSums[] {
  return sums.filter((each) => each.account === account && isUnder(each.detail, detail));
}

function isUnder(detail: string, prefix: string | undefined): boolean {
  return prefix === undefined || detail === prefix || detail.startsWith(`${prefix}.`);
}

function known({ account }: Share): Account {
  const found = accountOf(account);
  invariant(found !== undefined, `A form names account ${account}, which the chart does not have.`);
  return found;
}
