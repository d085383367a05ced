import { Money, PAYERS, type Payer, SCHEMES, type Scheme } from '@provident/kernel';
import type { Content, TableCell } from 'pdfmake/interfaces';
import type { PaidLine } from '../paid.js';
import type { StatementCorrection, StatementMonth } from '../personal-statement.js';
import type { NamedStatement } from '../statement-reader.js';
import type { Words } from '../words.js';
import { printable } from './fonts.js';
import { FAINT, grouped, INK, RED, RULE, SHADE } from './look.js';

interface SchemePayer {
  readonly scheme: Scheme;
  readonly payer: Payer;
}

/** Scheme and payer of every column: those that occur, in the fixed order of the schemes. */
function columnsOf({ months, corrections }: NamedStatement): SchemePayer[] {
  const lines = [...months, ...corrections].flatMap((each) => each.lines);
  const all = SCHEMES.flatMap((scheme) => PAYERS.map((payer) => ({ scheme, payer })));
  return all.filter(({ scheme, payer }) => amountOf(lines, scheme, payer) !== undefined);
}

/** The months of the year, what was corrected in red, and their sums. */
export function monthTable(statement: NamedStatement, words: Words): Content {
  const { months, corrections } = statement;
  if (months.length + corrections.length === 0) return { text: words.none, color: FAINT, margin: [0, 14, 0, 14] };
  const columns = columnsOf(statement);
  const body = [
    ...headRows(columns, words),
    ...months.map((each) => monthRow(statement, each, columns, each.creditedOn)),
    totalRow(statement, columns, words),
    ...correctionRows(statement, columns, words),
  ];
  const widths = [34, '*', 46, ...columns.map(() => 40), 44, 42, 42, 46];
  return {
    table: { headerRows: 2, widths, body, dontBreakRows: true },
    layout: {
      hLineWidth: (line) => (line === 0 || line === 2 || line === body.length ? 0.8 : 0.3),
      vLineWidth: () => 0,
      hLineColor: (line) => (line === 0 || line === 2 || line === body.length ? INK : RULE),
      paddingTop: () => 2.1,
      paddingBottom: () => 2.1,
      paddingLeft: () => 2,
      paddingRight: () => 2,
    },
    fontSize: 7.5,
  };
}

function headRows(columns: readonly SchemePayer[], words: Words): TableCell[][] {
  const head = (text: string, more: object = {}): TableCell => ({ text, bold: true, fillColor: SHADE, ...more });
  const upright = (text: string, alignment: 'left' | 'right' = 'right') =>
    head(text, { rowSpan: 2, alignment, margin: [0, 6, 0, 0] });
  const schemes = columns.map(({ scheme }, at): TableCell => {
    if (columns[at - 1]?.scheme === scheme) return {};
    const span = columns.filter((each) => each.scheme === scheme).length;
    return head(words.schemes[scheme], { colSpan: span, alignment: span > 1 ? 'center' : 'right' });
  });
  const payers = columns.map(({ payer }) => head(words.payers[payer], { alignment: 'right' }));
  const sums = (['employer', 'employee'] as const).map((payer) => head(words.payers[payer], { alignment: 'right' }));
  return [
    [
      ...[upright(words.month, 'left'), upright(words.employer, 'left'), upright(words.base)],
      ...schemes,
      ...[head(words.sum, { colSpan: 2, alignment: 'center' }), {}],
      ...[upright(words.toAccount), upright(words.creditedOn)],
    ],
    [{}, {}, {}, ...payers, ...sums, {}, {}],
  ];
}

function monthRow(
  statement: NamedStatement,
  row: StatementMonth | StatementCorrection,
  columns: readonly SchemePayer[],
  day: string,
  color = INK,
): TableCell[] {
  const figure = (text: string | undefined): TableCell => ({ text: grouped(text ?? ''), alignment: 'right', color });
  return [
    { text: row.month, color },
    { text: printable(statement.employers[row.employer] || row.employer), color },
    figure(row.base),
    ...columns.map(({ scheme, payer }) => figure(amountOf(row.lines, scheme, payer))),
    ...[figure(row.paid.employer), figure(row.paid.employee), figure(row.accountAmount)],
    { text: day, alignment: 'right', color },
  ];
}

function totalRow(
  { months, totals, paid }: NamedStatement,
  columns: readonly SchemePayer[],
  words: Words,
): TableCell[] {
  const toAccount = Money.sum(months.map((each) => Money.of(each.accountAmount))).toString();
  const figure = (text: string | undefined): TableCell => ({
    ...{ text: grouped(text ?? ''), alignment: 'right', bold: true, fillColor: SHADE },
  });
  return [
    { text: words.total, bold: true, colSpan: 3, fillColor: SHADE },
    {},
    {},
    ...columns.map(({ scheme, payer }) => figure(amountOf(totals, scheme, payer))),
    ...[figure(paid.employer), figure(paid.employee), figure(toAccount), { text: '', fillColor: SHADE }],
  ];
}

function correctionRows(statement: NamedStatement, columns: readonly SchemePayer[], words: Words): TableCell[][] {
  const { corrections } = statement;
  if (corrections.length === 0) return [];
  const width = columns.length + 7;
  const across = (text: string, more: object): TableCell[] => [
    { text, colSpan: width, color: RED, ...more },
    ...Array.from({ length: width - 1 }, () => ({})),
  ];
  return [
    across(words.corrections, { bold: true }),
    ...corrections.flatMap((each) => [
      monthRow(statement, each, columns, each.reversedOn, RED),
      across(printable(each.reason), { margin: [44, -2, 0, 0], fontSize: 7 }),
    ]),
  ];
}

function amountOf(lines: readonly PaidLine[], scheme: Scheme, payer: Payer): string | undefined {
  return lines.find((line) => line.scheme === scheme && line.payer === payer)?.amount;
}
