import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import { checkLog } from '../../maintenance.js';
import { Dice } from '../dice.js';
import { startServerProcess } from '../server-process.js';
import { type Attempt, CONSUMED, newAttempt, send } from './attempt.js';
import { ConsumerOfAttempts } from './consumer-of-attempts.js';
import { LedgerOfAttempts } from './ledger-of-attempts.js';

export interface KillPlan {
  readonly dir: string;
  readonly cycles: number;
  readonly seed: number;
  readonly onProgress?: (report: KillReport) => void;
}

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly events: number;
  readonly delivered: number;
  readonly redelivered: number;
}

const WRITERS = 12;
/** A kill strikes after up to so many answered appends of its cycle, and within this time behind the last of them. */
const ANSWERS = 60;
const MOMENT_MS = 10;
const FULL_EXAMINATION_EVERY = 25;

/**
 * Kills a server with SIGKILL under load, again and again on one log, and examines it after each.
 * @throws Error with what was lost, doubled, moved, half written or not delivered
 */
export async function killServer({ dir, cycles, seed, onProgress }: KillPlan): Promise<KillReport> {
  const dice = new Dice(seed);
  const ledger = new LedgerOfAttempts();
  const consumer = new ConsumerOfAttempts();
  const report = (kills: number): KillReport => {
    const { acknowledged, events } = ledger;
    return { kills, acknowledged, events, delivered: consumer.delivered, redelivered: consumer.redelivered };
  };
  for (let cycle = 0; cycle <= cycles; cycle += 1) {
    const server = await startServerProcess({ args: ['--port', '0', '--data', dir] });
    const client = EventStoreDBClient.connectionString(server.url);
    try {
      if (cycle === 0) await begin(client, ledger, consumer);
      await ledger.examine(client);
      await consumer.resume(client);
      if (cycle === cycles || cycle % FULL_EXAMINATION_EVERY === 0) await ledger.examineAll(client);
      if (cycle === cycles) {
        await consumer.drain(client);
        await server.terminate();
      } else {
        await loadUntilKilled(dice, client, ledger, () => server.kill());
        onProgress?.(report(cycle + 1));
      }
      consumer.check();
    } finally {
      await client.dispose().catch(() => undefined);
      await server.kill();
    }
  }
  checkLog(dir);
  return report(cycles);
}

async function begin(
  client: EventStoreDBClient,
  ledger: LedgerOfAttempts,
  consumer: ConsumerOfAttempts,
): Promise<void> {
  const first: Attempt = { ...newAttempt(new Dice(1)), stream: CONSUMED };
  ledger.note(first);
  await send(client, first);
  await consumer.create(client);
}

async function loadUntilKilled(
  dice: Dice,
  client: EventStoreDBClient,
  ledger: LedgerOfAttempts,
  kill: () => Promise<void>,
): Promise<void> {
  let isAlive = true;
  const strikesAfter = 1 + dice.below(ANSWERS);
  let answers = 0;
  let strike: () => void = () => undefined;
  const due = new Promise<void>((resolve) => (strike = resolve));
  const writers = Array.from({ length: WRITERS }, async () => {
    while (isAlive) {
      const attempt = newAttempt(dice);
      ledger.note(attempt);
      // The one that the kill interrupts stays without an answer.
      await send(client, attempt).then(
        () => {
          answers += 1;
          if (answers === strikesAfter) strike();
        },
        (error: unknown) => {
          strike();
          if (isAlive) throw error;
        },
      );
    }
  });
  const settled = Promise.allSettled(writers);
  await due;
  await sleep(dice.below(MOMENT_MS));
  isAlive = false;
  await kill();
  for (const outcome of await settled) if (outcome.status === 'rejected') throw outcome.reason;
}
