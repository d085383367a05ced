import { ANY, type AppendResult, type EventStoreDBClient, jsonEvent, type JSONEventData } from '@eventstore/db-client';
import type { Dice } from '../dice.js';

/** The stream whose events are consumed by a group; it is written like the others. */
export const CONSUMED = 'account-0';
const STREAMS = 5;

/** One append that was sent. Without a result nobody knows whether it happened. */
export interface Attempt {
  readonly stream: string;
  readonly events: readonly JSONEventData[];
  readonly way: 'single' | 'batch' | 'classic';
  result?: { readonly last: bigint; readonly position: bigint };
}

export function newAttempt(dice: Dice): Attempt {
  const way = dice.one(['single', 'batch', 'classic'] as const);
  const count = way === 'single' ? 1 : 2 + dice.below(30);
  const data = { note: 'x'.repeat(dice.below(400)) };
  return {
    stream: `account-${dice.below(STREAMS)}`,
    events: Array.from({ length: count }, () => jsonEvent({ type: 'Happened', data })),
    way,
  };
}

/** Sends the append and notes its answer. Sent again, it must be answered as the first time. */
export async function send(client: EventStoreDBClient, attempt: Attempt): Promise<void> {
  const { stream, events, way } = attempt;
  // Credentials for one call make the client use the classic append.
  const classic = way === 'classic' ? { credentials: { username: 'admin', password: 'changeit' } } : {};
  const answer = await client.appendToStream(stream, [...events], { expectedRevision: ANY, ...classic });
  const result = resultOf(answer);
  const { result: first } = attempt;
  if (first && (first.last !== result.last || first.position !== result.position)) {
    throw new Error(
      `An append to ${stream} was acknowledged at revision ${first.last} and position ${first.position}, ` +
        `and repeated it is answered with ${result.last} and ${result.position}.`,
    );
  }
  attempt.result = result;
}

function resultOf({ nextExpectedRevision, position }: AppendResult): { last: bigint; position: bigint } {
  if (!position) throw new Error('The answer to an append has no position.');
  return { last: nextExpectedRevision, position: position.commit };
}
