import { fundOf, type Money } from '@provident/kernel';
import { openDeclarationFile } from '@provident/collection/declaration-file';
import { contributionDue, type ContributionTerms } from '@provident/policy';
import type { Pool } from 'pg';
import type { MonthFiles } from './credits.js';

/** Rows of one statement. */
const BATCH_PEOPLE = 500;

/**
 * The yardstick for credits: the same files, the same check of each row, the same formulas, into a plain double-entry table
 * in PostgreSQL. Set-based batches; per person a debit of the income account for each fund and a credit for each scheme and
 * payer, and the personal account's balance. No events, no history of knowledge, no proof.
 */
export class DoubleEntryTable {
  constructor(private readonly pool: Pool) {}

  async create(): Promise<void> {
    await this.pool.query(`
      drop schema if exists yardstick cascade;
      create schema yardstick;
      create table yardstick.entry (
        id bigint generated always as identity primary key,
        person text not null, month text not null, day date not null, fund text not null, account text not null,
        debit numeric(18, 2) not null, credit numeric(18, 2) not null);
      create index on yardstick.entry (person, month);
      create table yardstick.balance (person text primary key, amount numeric(18, 2) not null)`);
  }

  async drop(): Promise<void> {
    await this.pool.query('drop schema yardstick cascade');
  }

  /** A month from its declarations to committed rows. Milliseconds. */
  async writeMonth(
    { month, declarations }: MonthFiles,
    termsOf: (employer: number) => ContributionTerms,
  ): Promise<number> {
    const startedAt = performance.now();
    let batch = new Batch(month);
    for (const [employer, { file: bytes }] of declarations.entries()) {
      const terms = termsOf(employer);
      const file = await openDeclarationFile(bytes, month);
      for await (const rows of file.chunks(file.newFaultList())) {
        for (const row of rows) {
          if (row.change === 'leave') continue;
          batch.add(row.citizenNumber, contributionDue(terms, row.wage).amounts, terms);
          if (batch.people === BATCH_PEOPLE) {
            await this.commit(batch);
            batch = new Batch(month);
          }
        }
      }
    }
    if (batch.people > 0) await this.commit(batch);
    return performance.now() - startedAt;
  }

  private async commit(batch: Batch): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      await client.query(
        `insert into yardstick.entry (person, month, day, fund, account, debit, credit)
         select p, $1, $2::date, f, a, d, c
         from unnest($3::text[], $4::text[], $5::text[], $6::numeric[], $7::numeric[]) as t (p, f, a, d, c)`,
        [batch.month, `${batch.month}-20`, batch.persons, batch.funds, batch.accounts, batch.debits, batch.credits],
      );
      await client.query(
        `insert into yardstick.balance as b (person, amount) select * from unnest($1::text[], $2::numeric[])
         on conflict (person) do update set amount = b.amount + excluded.amount`,
        [batch.holders, batch.credited],
      );
      await client.query('commit');
    } finally {
      client.release();
    }
  }
}

class Batch {
  readonly persons: string[] = [];
  readonly funds: string[] = [];
  readonly accounts: string[] = [];
  readonly debits: string[] = [];
  readonly credits: string[] = [];
  readonly holders: string[] = [];
  readonly credited: string[] = [];

  constructor(readonly month: string) {}

  get people(): number {
    return this.holders.length;
  }

  add(person: string, amounts: readonly Money[], terms: ContributionTerms): void {
    const byFund = new Map<string, Money>();
    terms.lines.forEach(({ scheme, payer }, at) => {
      const amount = amounts[at] as Money;
      const fund = fundOf(scheme);
      this.entry(person, fund, `4001-${scheme}-${payer}`, '0.00', amount.toString());
      byFund.set(fund, byFund.get(fund)?.plus(amount) ?? amount);
      if (scheme === 'pension' && payer === 'employee') {
        this.holders.push(person);
        this.credited.push(amount.toString());
      }
    });
    for (const [fund, amount] of byFund) this.entry(person, fund, '1002', amount.toString(), '0.00');
  }

  private entry(person: string, fund: string, account: string, debit: string, credit: string): void {
    this.persons.push(person);
    this.funds.push(fund);
    this.accounts.push(account);
    this.debits.push(debit);
    this.credits.push(credit);
  }
}
