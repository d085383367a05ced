import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';

/** What an invariant's statement selects: what should not be there, at most `LIMITS.findings` of it. */
export interface Offender {
  readonly subject: string;
  readonly message: string;
  readonly position: bigint | null;
}

export interface Invariant {
  readonly name: string;
  /** What holds when nothing is found. */
  readonly rule: string;
  readonly offenders: RawBuilder<Offender>;
}

const none = sql`null::bigint as position`;

/** What must hold at any time, each as one statement over the read side that selects the exceptions. */
export const INVARIANTS: readonly Invariant[] = [
  {
    name: 'voucher-balance',
    rule: 'Every voucher balances, and its lines lie in its fund.',
    offenders: sql`
      select concat('voucher:', v.position) as subject,
             concat('Debit ', coalesce(sum(debit_fen), 0), ' and credit ', coalesce(sum(credit_fen), 0),
                    ' fen of a voucher over ', v.total_fen, ' fen in ', v.fund, '.') as message,
             v.position
      from fund_voucher v left join fund_line l using (position)
      group by v.position, v.fund, v.total_fen
      having coalesce(sum(debit_fen), 0) <> v.total_fen or coalesce(sum(credit_fen), 0) <> v.total_fen
          or count(*) filter (where l.fund <> v.fund) > 0`,
  },
  {
    name: 'fund-balance',
    rule: 'In every fund debits equal credits, so that assets are liabilities and net assets.',
    offenders: sql`
      select concat('fund:', fund) as subject,
             concat('Debits exceed credits by ', sum(debit_fen - credit_fen), ' fen.') as message, ${none}
      from account_turnover group by fund having sum(debit_fen) <> sum(credit_fen)`,
  },
  {
    name: 'day-balance',
    rule: 'On every day debits equal credits in every fund, in statutory and in memorandum accounts.',
    offenders: sql`
      select concat('fund:', fund, '/', effective_date) as subject,
             concat('Debits exceed credits by ', sum(debit_fen - credit_fen), ' fen.') as message, ${none}
      from account_turnover
      group by fund, effective_date, left(account, 1) = 'B' having sum(debit_fen) <> sum(credit_fen)`,
  },
  {
    name: 'turnover-sums',
    rule: 'The turnover of every account is the sum of its voucher lines.',
    offenders: sql`
      select concat('account:', fund, '/', account, '/', detail) as subject,
             concat('Turnover ', turnovers.fen, ' fen, lines ', lines.fen, ' fen.') as message, ${none}
      from (select fund, account, detail, sum(debit_fen - credit_fen) as fen, sum(debit_fen) as debit
            from journal_line group by 1, 2, 3) lines
      full join (select fund, account, detail, sum(debit_fen - credit_fen) as fen, sum(debit_fen) as debit
                 from account_turnover group by 1, 2, 3) turnovers using (fund, account, detail)
      where (lines.fen, lines.debit) is distinct from (turnovers.fen, turnovers.debit)`,
  },
  {
    name: 'account-movements',
    rule: 'The balance of every personal account is the sum of its movements.',
    offenders: sql`
      select concat('account:', person_id) as subject,
             concat('Balance ', balance.fen, ' fen, movements ', movements.fen, ' fen.') as message, ${none}
      from (select person_id, sum(principal_fen + interest_fen) as fen, sum(principal_fen) as principal
            from account_entry group by 1) movements
      full join (select person_id, principal_fen + interest_fen as fen, principal_fen as principal
                 from account_balance) balance using (person_id)
      where (movements.fen, movements.principal) is distinct from (balance.fen, balance.principal)`,
  },
  {
    name: 'account-control',
    rule: 'The personal accounts add up to their control account B002, and that to its contra account B001.',
    offenders: sql`
      select 'account:employee-pension/B002' as subject,
             concat('Personal accounts ', people, ' fen, B002 ', control, ' fen, B001 ', contra, ' fen.') as message,
             ${none}
      from (select coalesce((select sum(principal_fen + interest_fen) from account_balance), 0) as people,
                   coalesce(sum(credit_fen - debit_fen) filter (where account = 'B002'), 0) as control,
                   coalesce(sum(debit_fen - credit_fen) filter (where account = 'B001'), 0) as contra
            from account_turnover where fund = 'employee-pension' and account in ('B001', 'B002')) totals
      where people <> control or control <> contra`,
  },
  {
    name: 'settled-months',
    rule: "The employees' pension money of every settled month is on the people's record or listed as a conflict, unless a credit was corrected.",
    offenders: sql`
      select concat('dues:', employer, '/', month) as subject,
             concat('Received ', received_fen, ' fen, credited ', credited_fen, ' fen.') as message, ${none}
      from pension_month
      where settled_on is not null and received_fen <> credited_fen and reversals = 0`,
  },
  {
    name: 'stream-sequence',
    rule: 'The revisions of every stream run from 0 without a gap, in the order of the log.',
    offenders: sql`
      select concat('stream:', stream) as subject,
             concat(count(*), ' events with revisions from ', min(revision), ' to ', max(revision),
                    case when bool_or(not in_order) then ', out of the order of the log.' else '.' end) as message,
             max(position) as position
      from (select stream, revision, position,
                   coalesce(position > lag(position) over (partition by stream order by revision), true) as in_order
            from event_index) events
      group by stream
      having min(revision) <> 0 or count(*) <> max(revision) + 1 or bool_or(not in_order)`,
  },
  {
    name: 'voucher-sequence',
    rule: 'Every voucher and every movement of a personal account bears the position of an event of the log.',
    offenders: sql`
      select concat('voucher:', position) as subject, 'No event of the log stands at its position.' as message, position
      from voucher left join event_index using (position, event_id) where event_index.type is null`,
  },
];
