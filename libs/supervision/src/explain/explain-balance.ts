import { BookQueries } from '@provident/books';
import { type Account, accountOf } from '@provident/books/chart-of-accounts';
import { FUND_NAMES, Money } from '@provident/kernel';
import { type RawBuilder, sql } from 'kysely';
import type { SupervisionDatabase } from '../database.js';
import { type Address, timesText } from './address.js';
import { type Explanation, type ExplanationHead, fact, type Page, pageOf } from './explanation.js';
import { accountUnknown } from './refusals.js';

type Balance = Extract<Address, { kind: 'balance' }>;
type Postings = Extract<Address, { kind: 'postings' }>;

const SUM_RULE = {
  text: 'A balance is the sum of the voucher lines that count by its day and were known at its position.',
  basis: '《社会保险基金会计制度》 财会〔2017〕28号',
};

/** A balance, by the months and kinds of event that it is made of: few rows, however many vouchers there are. */
export async function explainBalance(db: SupervisionDatabase, address: Balance, page: Page): Promise<Explanation> {
  const { fund, account: code, asOf, knownAt } = address;
  const account = knownAccount(code);
  const balance = await new BookQueries(db).balance({ fund, account: code, asOf, knownAt });
  const { rows } = await sql<{ month: string; event_type: string; lines: bigint; fen: bigint }>`
    select to_char(line.effective_date, 'YYYY-MM') as month, event_type, count(*) as lines,
           sum(debit_fen - credit_fen)::bigint as fen
    from journal_line line join voucher using (position)
    where ${linesOf(address)}
    group by 1, 2 order by 1, 2`.execute(db);
  const groups = rows.map(
    ({ month, event_type: type, lines, fen }): ExplanationHead => ({
      address: `postings:${fund}/${code}/${month}/${type}${timesText(address)}`,
      kind: 'postings',
      title: { zh: `${month} ${type}`, en: `${month}, ${type}` },
      value: { text: onNormalSide(account, fen), unit: 'yuan' },
      facts: fact('分录', 'voucher lines', lines.toString()),
    }),
  );
  return {
    address: `balance:${fund}/${code}${timesText(address)}`,
    kind: 'balance',
    title: {
      zh: `${FUND_NAMES[fund].zh} ${code} ${account.zh} 余额`,
      en: `Balance of ${code} ${account.en}, ${FUND_NAMES[fund].en}`,
    },
    value: { text: balance.toString(), unit: 'yuan' },
    facts: timeFacts(address),
    rule: SUM_RULE,
    ...pageOf(groups, page),
  };
}

/** One month's vouchers of one kind of event on an account, in the order of the log. Pages continue behind a voucher. */
export async function explainPostings(db: SupervisionDatabase, address: Postings, page: Page): Promise<Explanation> {
  const { fund, account: code, month, eventType } = address;
  const account = knownAccount(code);
  const chosen = sql`${linesOf(address)} and event_type = ${eventType}
    and line.effective_date >= ${`${month}-01`}::date
    and line.effective_date < ${`${month}-01`}::date + interval '1 month'`;
  const totals = await sql<{ vouchers: bigint; fen: bigint | null }>`
    select count(distinct line.position) as vouchers, sum(debit_fen - credit_fen)::bigint as fen
    from journal_line line join voucher using (position) where ${chosen}`.execute(db);
  const after = page.after === undefined ? -1n : BigInt(page.after);
  const { rows } = await sql<{ position: bigint; party: string | null; effective_date: string; fen: bigint }>`
    select line.position, party, line.effective_date, sum(debit_fen - credit_fen)::bigint as fen
    from journal_line line join voucher using (position)
    where ${chosen} and line.position > ${after}
    group by 1, 2, 3 order by 1 limit ${page.limit}`.execute(db);
  const { vouchers = 0n, fen = 0n } = totals.rows[0] ?? {};
  const last = rows.length < page.limit ? undefined : rows.at(-1);
  return {
    address: `postings:${fund}/${code}/${month}/${eventType}${timesText(address)}`,
    kind: 'postings',
    title: { zh: `${code} ${account.zh} ${month} ${eventType}`, en: `${code} ${account.en}, ${month}, ${eventType}` },
    value: { text: onNormalSide(account, fen ?? 0n), unit: 'yuan' },
    facts: timeFacts(address),
    rule: SUM_RULE,
    children: rows.map((row) => ({
      address: `voucher:${row.position}`,
      kind: 'voucher' as const,
      title: { zh: `凭证 ${row.position}`, en: `Voucher ${row.position}` },
      value: { text: onNormalSide(account, row.fen), unit: 'yuan' as const },
      facts: [...fact('生效日', 'effective', row.effective_date), ...fact('对方', 'party', row.party)],
    })),
    total: Number(vouchers),
    ...(last === undefined ? {} : { next: last.position.toString() }),
  };
}

function linesOf({ fund, account, asOf, knownAt }: Balance | Postings): RawBuilder<unknown> {
  const all = [sql`line.fund = ${fund}`, sql`line.account = ${account}`];
  if (asOf !== undefined) all.push(sql`line.effective_date <= ${asOf}`);
  if (knownAt !== undefined) all.push(sql`line.position <= ${knownAt}`);
  return sql.join(all, sql` and `);
}

function timeFacts({ asOf, knownAt }: Balance | Postings) {
  return [...fact('截至', 'effective up to', asOf), ...fact('已知至', 'known at position', knownAt?.toString())];
}

function onNormalSide({ normalSide }: Account, debitLessCredit: bigint): string {
  return Money.fromFen(normalSide === 'debit' ? debitLessCredit : -debitLessCredit).toString();
}

function knownAccount(code: string): Account {
  const account = accountOf(code);
  if (account === undefined) throw accountUnknown(code);
  return account;
}
