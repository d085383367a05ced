import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { Dice } from '../dice.js';
import type { ServerProcess } from '../server-process.js';
import { anyStream, revisions } from '../test-store.js';
import { FuzzSession } from './fuzz-session.js';
import { sendGarbage } from './garbage.js';
import { chooseMutation, fuzzCall } from './mutations.js';
import { samplesOf } from './samples.js';

export interface FuzzPlan {
  readonly messages: number;
  readonly seed: number;
  readonly onProgress?: (report: FuzzReport) => void;
}

export interface FuzzReport {
  readonly messages: number;
  /** How calls ended and how often. */
  readonly endings: ReadonlyMap<string, number>;
  readonly garbageConnections: number;
  /** Bytes that the server's memory grew by since it was warm, at most. */
  readonly grownBytes: number;
  readonly residentBytes: number;
}

const CONNECTIONS = 3;
const CALLS_AT_ONCE = 60;
/** After so many messages new streams and groups are fuzzed and a good client looks at the server. */
const ROUND_MESSAGES = 5_000;
const GARBAGE_PER_ROUND = 10;
/** The first rounds fill what the server keeps on purpose: caches, the log's tail, compiled code. */
const WARM_ROUNDS = 10;
const MAX_GROWTH_BYTES = 256 * 1_048_576;

/**
 * Sends broken and sound messages of every method. @throws Error when a call gets no answer, when the server dies, grows
 * without end, or does not serve a good client any more
 */
export async function fuzzServer(server: ServerProcess, { messages, seed, onProgress }: FuzzPlan): Promise<FuzzReport> {
  const dice = new Dice(seed);
  const sessions = Array.from({ length: CONNECTIONS }, () => new FuzzSession(server.port));
  const endings = new Map<string, number>();
  const good = EventStoreDBClient.connectionString(server.url);
  let [sent, garbageConnections, warmBytes, grownBytes] = [0, 0, 0, 0];
  const report = (): FuzzReport => {
    const residentBytes = server.residentBytes();
    return { messages: sent, endings, garbageConnections, grownBytes, residentBytes };
  };
  try {
    for (let round = 0; sent < messages; round += 1) {
      const count = Math.min(ROUND_MESSAGES, messages - sent);
      const garbage = Array.from({ length: GARBAGE_PER_ROUND }, () => sendGarbage(dice, server.port));
      sent += await fuzzRound(dice, sessions, count, samplesOf(round), endings);
      for (const frames of await Promise.all(garbage)) sent += frames;
      garbageConnections += GARBAGE_PER_ROUND;
      await expectWell(good);
      if (round === WARM_ROUNDS) warmBytes = server.residentBytes();
      if (round > WARM_ROUNDS) grownBytes = Math.max(grownBytes, server.residentBytes() - warmBytes);
      if (grownBytes > MAX_GROWTH_BYTES) throw new Error(`The server grew by ${grownBytes} bytes: ${said(report())}`);
      onProgress?.(report());
    }
    return report();
  } finally {
    for (const session of sessions) session.close();
    await good.dispose().catch(() => undefined);
  }
}

/** @returns how many messages were sent */
async function fuzzRound(
  dice: Dice,
  sessions: readonly FuzzSession[],
  messages: number,
  samples: ReturnType<typeof samplesOf>,
  endings: Map<string, number>,
): Promise<number> {
  let sent = 0;
  const lane = async (session: FuzzSession): Promise<void> => {
    while (sent < messages) {
      const mutation = chooseMutation(dice);
      const call = fuzzCall(dice, samples, mutation);
      sent += call.messages;
      const ending = await session.send(call);
      if (ending === 'no answer') {
        throw new Error(`No answer to ${call.path} (${mutation}): ${call.body.subarray(0, 2_000).toString('hex')}`);
      }
      endings.set(ending, (endings.get(ending) ?? 0) + 1);
    }
  };
  await Promise.all(sessions.flatMap((session) => Array.from({ length: CALLS_AT_ONCE }, () => lane(session))));
  return sent;
}

/** A good client writes, reads, and takes away the groups that sound messages made. */
async function expectWell(client: EventStoreDBClient): Promise<void> {
  const stream = anyStream('good');
  const events = [1, 2, 3].map((number) => jsonEvent({ type: 'Good', data: { number } }));
  await client.appendToStream(stream, events);
  const found = await revisions(client, stream);
  if (found.join() !== '0,1,2')
    throw new Error(`A good client wrote three events and reads revisions ${found.join()}.`);
  for (const { eventSource, groupName } of await client.listAllPersistentSubscriptions()) {
    if (eventSource === '$all') await client.deletePersistentSubscriptionToAll(groupName);
    else await client.deletePersistentSubscriptionToStream(eventSource, groupName);
  }
}

export function said({ messages, endings, garbageConnections, grownBytes, residentBytes }: FuzzReport): string {
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;
  const how = Array.from(endings, ([ending, count]) => `${count} ${ending}`)
    .sort()
    .join(', ');
  return (
    `${messages} messages (${how}), ${garbageConnections} connections of garbage, ` +
    `memory ${megabytes(residentBytes)}, grown by ${megabytes(grownBytes)}`
  );
}
