import { type Payer, SCHEME_NAMES, type Scheme } from '@provident/kernel';
import type { NamedStatement } from '@provident/statements';
import { grouped, table } from './table.js';

const PAYER_NAMES: Record<Payer, string> = { employer: '单位', employee: '个人' };

/** A personal rights record (个人权益记录单) on one screen. */
export function statementText(statement: NamedStatement): string {
  const { person, year, months, account, corrections } = statement;
  const schemes = [...new Set(months.flatMap((each) => each.lines.map((line) => line.scheme)))];
  const columns = schemes.flatMap((scheme) =>
    (['employer', 'employee'] as const)
      .filter((payer) => months.some((each) => amountOf(each.lines, scheme, payer) !== ''))
      .map((payer) => ({ scheme, payer })),
  );
  const rows = months.map((each) => [
    each.month,
    statement.employers[each.employer] ?? each.employer,
    grouped(each.base),
    ...columns.map(({ scheme, payer }) => grouped(amountOf(each.lines, scheme, payer))),
    grouped(each.accountAmount),
    each.creditedOn,
  ]);
  const head = [
    { title: '月份 month' },
    { title: '单位 employer' },
    { title: '基数 base', align: 'right' as const },
    ...columns.map(({ scheme, payer }) => ({
      title: `${SCHEME_NAMES[scheme].zh.replace('基本', '').replace('保险', '')}${PAYER_NAMES[payer]}`,
      align: 'right' as const,
    })),
    { title: '记账 account', align: 'right' as const },
    { title: '记账日 credited' },
  ];
  const parts = [
    `个人权益记录单 · Statement of rights ${year} · ${person.name} ${masked(person.citizenNumber)}`,
    rows.length === 0 ? 'No month is credited in this year.' : table(head, rows),
    ...corrections.map(
      (each) =>
        `红字冲正 corrected on ${each.reversedOn}: ${each.month} ${grouped(each.accountAmount)} (${each.reason})`,
    ),
    accountText(account),
    `As known at log position ${statement.knownAt}.`,
  ];
  return parts.join('\n');
}

function accountText(account: NamedStatement['account']): string {
  const { opening, credited, interest, closing, closed, provisional } = account;
  const rows = [
    [`年初余额 opening${provisional ? ' (provisional: an earlier year is open)' : ''}`, grouped(opening)],
    ['本年记账 credited', grouped(credited)],
    ...(interest === undefined
      ? []
      : [[`本年利息 interest at ${interest.rate} (${interest.parameter.legalBasis})`, grouped(interest.total)]]),
    [closed ? '年末余额 closing' : '余额 to date, interest not posted', grouped(closing)],
  ];
  return table([{ title: '养老保险个人账户 pension account' }, { title: '元 yuan', align: 'right' }], rows);
}

function amountOf(
  lines: readonly { scheme: Scheme; payer: Payer; amount: string }[],
  scheme: Scheme,
  payer: Payer,
): string {
  return lines.find((line) => line.scheme === scheme && line.payer === payer)?.amount ?? '';
}

function masked(citizenNumber: string): string {
  return `${citizenNumber.slice(0, 6)}********${citizenNumber.slice(-4)}`;
}
