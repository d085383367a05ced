import type { Pool, PoolClient } from 'pg';
import type { PartitionPlace, RawMessage } from './partition-message.js';

/** A message that could not be applied and was laid aside, with the reason; in the read side's own tables. */
export interface DeadLetter {
  /** `<topic>/<partition>/<offset>`, and `/<projection>` where one projection could not take an event. */
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** The projection that lacks the event; `undefined` where the message cannot be read, so that all lack it. */
  readonly projection: string | undefined;
  readonly reason: string;
  /** What is known of the event; `undefined` where the message cannot be read. */
  readonly event: { readonly id: string; readonly type: string; readonly stream: string } | undefined;
  readonly position: bigint | undefined;
  /**
   * Between which positions of its partition it came: the last before it, and the first behind it (`undefined` until that
   * comes). An event between the two came in no other message, or it would stand there itself.
   */
  readonly between: { readonly after: bigint; readonly before: bigint | undefined };
  readonly message: RawMessage;
  /** `corrected`: other data stands ready to be applied. `handled`: it is not to be applied. `replayed`: it has been. */
  readonly state: 'open' | 'corrected' | 'handled' | 'replayed';
  readonly corrected: Correction | undefined;
  /** Everything that was done about it, oldest first. */
  readonly repairs: readonly DeadLetterRepair[];
}

/** One act upon a dead letter: who, when, why, and the correction if any. */
export interface DeadLetterRepair {
  readonly action: 'correct' | 'handle' | 'replay';
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  readonly correction?: Correction;
}

/** What is put in place of a message's value, and of some of its headers. */
export interface Correction {
  readonly data?: Readonly<object>;
  readonly headers?: Readonly<Record<string, string>>;
}

export const DEAD_LETTER_TABLE = `create table dead_letter (
  id text collate "C" primary key,
  topic text collate "C" not null,
  partition integer not null,
  message_offset bigint not null,
  projection text collate "C",
  reason text not null,
  event_id text,
  event_type text,
  stream text,
  position bigint,
  after_position bigint not null,
  before_position bigint,
  message_key bytea,
  message_value bytea,
  headers jsonb not null,
  state text not null default 'open',
  corrected jsonb,
  repairs jsonb not null default '[]'
)`;

interface DeadLetterRow {
  readonly id: string;
  readonly topic: string;
  readonly partition: number;
  readonly message_offset: bigint;
  readonly projection: string | null;
  readonly reason: string;
  readonly event_id: string | null;
  readonly event_type: string | null;
  readonly stream: string | null;
  readonly position: bigint | null;
  readonly after_position: bigint;
  readonly before_position: bigint | null;
  readonly message_key: Buffer | null;
  readonly message_value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly state: DeadLetter['state'];
  readonly corrected: Correction | null;
  readonly repairs: readonly DeadLetterRepair[];
}

export function deadLetterId(topic: string, partition: number, offset: bigint, projection: string | undefined): string {
  return `${topic}/${partition}/${offset}${projection === undefined ? '' : `/${projection}`}`;
}

/** Records a dead letter inside the transaction that goes past its message. */
export async function insertDeadLetter(client: PoolClient, letter: DeadLetter): Promise<void> {
  const { event, message } = letter;
  await client.query(
    `insert into dead_letter (id, topic, partition, message_offset, projection, reason, event_id, event_type, stream,
       position, after_position, message_key, message_value, headers)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[letter.id, letter.topic, letter.partition, letter.offset, letter.projection ?? null, letter.reason],
      ...[event?.id ?? null, event?.type ?? null, event?.stream ?? null, letter.position ?? null],
      ...[letter.between.after, message.key, message.value, JSON.stringify(message.headers)],
    ],
  );
}

/** The dead letters of a schema in the order of their places, or those with one id. */
export async function readDeadLetters(
  database: Pool | PoolClient,
  schema: string,
  only: { readonly id?: string; readonly states?: readonly DeadLetter['state'][]; readonly lock?: boolean } = {},
): Promise<DeadLetter[]> {
  const { rows } = await database.query<DeadLetterRow>(
    `select * from ${schema}.dead_letter
     where ($1::text is null or id = $1) and ($2::text[] is null or state = any($2))
     order by topic, partition, message_offset, id ${only.lock === true ? 'for update' : ''}`,
    [only.id ?? null, only.states ?? null],
  );
  return rows.map(fromRow);
}

/** Notes, behind unreadable messages of a partition, the first event that came after them. */
export async function closeBrackets(
  client: PoolClient,
  { topic, partition }: PartitionPlace,
  before: bigint,
): Promise<void> {
  await client.query(
    'update dead_letter set before_position = $3 where topic = $1 and partition = $2 and before_position is null',
    [topic, partition, before],
  );
}

/** Writes down what was done about a dead letter, inside the transaction that does it. */
export async function updateDeadLetter(client: PoolClient, schema: string, letter: DeadLetter): Promise<void> {
  await client.query(`update ${schema}.dead_letter set state = $2, corrected = $3, repairs = $4 where id = $1`, [
    ...[letter.id, letter.state],
    ...[letter.corrected === undefined ? null : JSON.stringify(letter.corrected), JSON.stringify(letter.repairs)],
  ]);
}

function fromRow(row: DeadLetterRow): DeadLetter {
  const { id, topic, partition, reason, state, repairs } = row;
  const { event_id, event_type, stream } = row;
  return {
    ...{ id, topic, partition, reason, state, repairs, offset: row.message_offset },
    projection: row.projection ?? undefined,
    event:
      event_id === null || event_type === null || stream === null
        ? undefined
        : { id: event_id, type: event_type, stream },
    position: row.position ?? undefined,
    between: { after: row.after_position, before: row.before_position ?? undefined },
    message: { key: row.message_key, headers: row.headers, value: row.message_value },
    corrected: row.corrected ?? undefined,
  };
}
