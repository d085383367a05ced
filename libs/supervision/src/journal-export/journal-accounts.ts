import { type AccountClass, accountOf, detailName } from '@provident/books/chart-of-accounts';
import { FUND_NAMES, type Fund, invariant } from '@provident/kernel';

/** What a line of the books is posted to. */
export interface JournalAccount {
  readonly fund: string;
  readonly account: string;
  readonly detail: string;
}

/** The roots that hledger and beancount know accounts by. Memorandum accounts stand in no statement of theirs either. */
const ROOTS: Readonly<Record<AccountClass, { hledger: string; type: string; beancount: string }>> = {
  asset: { hledger: '资产 assets', type: 'A', beancount: 'Assets' },
  liability: { hledger: '负债 liabilities', type: 'L', beancount: 'Liabilities' },
  'net-assets': { hledger: '净资产 net assets', type: 'E', beancount: 'Equity' },
  income: { hledger: '收入 income', type: 'R', beancount: 'Income' },
  expense: { hledger: '支出 expenses', type: 'X', beancount: 'Expenses' },
  memorandum: { hledger: '备查 memorandum', type: '', beancount: 'Equity:Memorandum' },
};

/** hledger's type letter of the account; '' for a memorandum account. */
export function hledgerType({ account }: JournalAccount): string {
  return ROOTS[chartAccount(account).class].type;
}

/** `资产 assets:企业职工基本养老保险基金 employee-pension:1002 收入户存款 Income-account deposits`. Funds never share an account. */
export function hledgerAccount({ fund, account, detail }: JournalAccount): string {
  const { class: kind, code, zh, en } = chartAccount(account);
  const parts = [ROOTS[kind].hledger, `${FUND_NAMES[fund as Fund].zh} ${fund}`, `${code} ${zh} ${en}`];
  if (detail !== '') {
    const name = detailName(detail);
    parts.push(`${name.zh} ${name.en}`);
  }
  return parts.map((part) => part.replaceAll(':', ' ').replace(/\s+/g, ' ')).join(':');
}

/**
 * `Assets:EmployeePension:1002-收入户存款-Income-account-deposits`: a part of a beancount account begins with a capital or a
 * digit and holds letters of any script, digits and hyphens.
 */
export function beancountAccount({ fund, account, detail }: JournalAccount): string {
  const { class: kind, code, zh, en } = chartAccount(account);
  const parts = [ROOTS[kind].beancount, capitals(fund), hyphened(`${code} ${zh} ${en}`)];
  if (detail !== '') parts.push(hyphened(`${capitals(detail)} ${detailName(detail).zh}`));
  return parts.join(':');
}

function chartAccount(code: string) {
  const found = accountOf(code);
  invariant(found !== undefined, `${code} is no account of the chart.`);
  return found;
}

/** `employee-pension` and `pooled.employer` as `EmployeePension` and `PooledEmployer`. */
function capitals(text: string): string {
  return text
    .split(/[^a-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

function hyphened(text: string): string {
  return text.replace(/[^\p{L}\p{Nd}]+/gu, '-').replace(/-+$/, '');
}
