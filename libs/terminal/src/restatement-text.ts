import { CHART } from '@provident/books/chart-of-accounts';
import type { Cause, RestatementReport } from '@provident/supervision';
import { grouped, table } from './table.js';

/** A restatement report: what differs, and below each difference the events that caused it. */
export function restatementText({ before, after, asOf, books, figures }: RestatementReport): string {
  const heading = `重述 · Restatement up to ${asOf}: known at ${before} against known at ${after}`;
  if (books.length === 0 && figures.length === 0) return `${heading}\nEvery figure came out the same.`;
  const right = 'right' as const;
  const columns = [{ title: '' }, { title: 'before', align: right }, { title: 'after', align: right }];
  const names = new Map<string, string>(CHART.map(({ code, zh }) => [code, zh]));
  const sections = [
    ...books.map((each) => ({
      row: [
        `${each.month} ${each.fund} ${each.account} ${names.get(each.account) ?? ''} ${each.detail}`.trimEnd(),
        ...[each.before, each.after].map((amount) => grouped(amount.toString())),
      ],
      ...each,
    })),
    ...figures.map((each) => ({
      row: [`${each.month} ${each.indicator} ${each.of}`, each.before ?? '–', each.after ?? '–'],
      ...each,
    })),
  ];
  const [head = '', rule = '', ...lines] = table(
    columns,
    sections.map(({ row }) => row),
  ).split('\n');
  const told = sections.flatMap(({ events, causes }, at) => [lines[at] ?? '', ...causeLines(events, causes)]);
  return [heading, head, rule, ...told].join('\n');
}

function causeLines(events: bigint, causes: readonly Cause[]): string[] {
  const more = events - BigInt(causes.length);
  return [
    ...causes.map(
      ({ position, type, stream, effectiveDate, enteredBy }) =>
        `    ${position} ${type} ${stream}, effective ${effectiveDate}, entered by ${enteredBy}`,
    ),
    ...(more > 0n ? [`    and ${more} more`] : []),
  ];
}
