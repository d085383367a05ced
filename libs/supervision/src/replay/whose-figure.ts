import type { PoolClient } from 'pg';
import type { RowCells, RowDifference } from './differences.js';
import { REPLAY_SCHEMA } from './replay.js';

/** A difference with what it means: whose figure it is, and the events that make the figure up. */
export interface NamedDifference extends RowDifference {
  /** The account that it belongs to, such as `employee-pension 1002` or a person's. */
  readonly account?: string;
  /** Log positions of the events behind the figure as the replay computed it, the first of them. */
  readonly events: readonly string[];
}

const MOST_EVENTS = 20;

/** The events behind a row of sums: the lines that the sums are made of, in the books of the replay. */
const BEHIND: Readonly<Record<string, string>> = {
  account_turnover: `select position::text as text from ${REPLAY_SCHEMA}.journal_line
    where fund = $1 and account = $2 and detail = $3 and effective_date = $4 order by position`,
  account_balance: `select position::text as text from ${REPLAY_SCHEMA}.account_entry
    where person_id = $1 order by position`,
};
const BEHIND_KEYS: Readonly<Record<string, readonly string[]>> = {
  account_turnover: ['fund', 'account', 'detail', 'effective_date'],
  account_balance: ['person_id'],
};

/** Names account and events of a difference. `client` reads the replay's database. */
export async function named(client: PoolClient, difference: RowDifference): Promise<NamedDifference> {
  const account = accountOf(difference.row);
  return {
    ...difference,
    ...(account === undefined ? {} : { account }),
    events: await eventsOf(client, difference),
  };
}

function accountOf(row: RowCells): string | undefined {
  const { fund, account, detail, person_id: person, employer } = row;
  if (account != null) return [fund, account, detail].filter((part) => part != null && part !== '').join(' ');
  if (person != null) return `personal account ${person}`;
  if (employer != null) return `employer ${employer}`;
  return fund ?? undefined;
}

async function eventsOf(client: PoolClient, { table, row, key }: RowDifference): Promise<string[]> {
  const { position } = row;
  if (position != null) return [position];
  const query = BEHIND[table];
  if (query === undefined) return [];
  const values = (BEHIND_KEYS[table] ?? []).map((name) => key[name]);
  const { rows } = await client.query<{ text: string }>(`${query} limit ${MOST_EVENTS}`, values);
  return rows.map(({ text }) => text);
}
