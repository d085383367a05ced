import { hash } from 'node:crypto';
import type { Ledger } from '@provident/assembly';
import { LogReader, StoreClient } from '@provident/event-store';
import { CheckpointDesk, ProofDesk, Supervisor, TreeStore } from '@provident/supervision';
import { canonicalRecord } from '@provident/supervision/tree/canonical-record';
import { Frontier } from '@provident/supervision/tree/frontier';
import { leafHash } from '@provident/supervision/tree/merkle-hash';
import { TreeFollower } from '@provident/supervision/tree/tree-follower';
import { latencies } from './long-account.js';
import { type Measurement, measurement, median, percentile } from './result.js';

/** Records that the hash loop and the tree in memory are measured over. */
const RECORDS = 20_000;

/** Where an event stands in its stream: how proofs are asked for. */
interface Place {
  readonly stream: string;
  readonly revision: bigint;
}

/**
 * The log's Merkle tree: leaves a second, from the log into PostgreSQL and in memory, beside plain SHA-256 of records that are
 * ready; and the time of a proof, beside reading its event.
 */
export async function treeLines(
  ledger: Ledger,
  { repeats, proofs }: { repeats: number; proofs: number },
): Promise<Measurement[]> {
  // What follows the log as a rule would compete with what is measured.
  await ledger.get(Supervisor).stop();
  const { records, places } = await readLog(ledger);
  const [followed, inMemory, plain]: number[][] = [[], [], []];
  for (let at = 0; at < repeats; at += 1) {
    followed?.push(await followRate(ledger));
    inMemory?.push(perSecond(records.length, () => treeOf(records)));
    plain?.push(perSecond(records.length, () => records.map((record) => hash('sha256', record, 'buffer'))));
  }
  const yardstick = {
    unit: 'leaves/s',
    yardstick: median(plain ?? []),
    yardstickName: 'SHA-256 of ready records, in a loop',
  };
  return [
    measurement({
      name: '(k) Merkle tree of the log, into PostgreSQL',
      ours: median(followed ?? []),
      ...yardstick,
      aim: '',
    }),
    measurement({ name: '    hashing and joining alone', ours: median(inMemory ?? []), ...yardstick, aim: '' }),
    ...(await proofLines(ledger, places, proofs)),
  ];
}

async function proofLines(ledger: Ledger, places: readonly Place[], count: number): Promise<Measurement[]> {
  await ledger.get(CheckpointDesk).sign('request');
  const [desk, client] = [ledger.get(ProofDesk), ledger.get(StoreClient)];
  const next = (): Place => places[(asked = (asked + 7_919) % places.length)] as Place;
  let asked = 0;
  const ours = await latencies(count, async () => {
    await desk.inclusion(next());
  });
  const theirs = await latencies(count, async () => {
    const { stream, revision } = next();
    await client.readPage(stream, { backwards: false, from: revision, count: 1 });
  });
  return [50, 99].map((percent) =>
    measurement({
      name: `(k) proof of an event, p${percent}`,
      unit: 'ms',
      ours: percentile(ours, percent),
      yardstick: percentile(theirs, percent),
      yardstickName: 'reading the event alone',
      aim: '',
    }),
  );
}

/** Leaves a second of the whole log, from nothing. */
async function followRate(ledger: Ledger): Promise<number> {
  const store = ledger.get(TreeStore);
  await store.clear();
  const follower = new TreeFollower({
    ...{ store, source: ledger.get(LogReader) },
    isOwn: () => false,
    isClosing: () => false,
  });
  const startedAt = performance.now();
  const { size } = await follower.catchUp();
  return (size / (performance.now() - startedAt)) * 1_000;
}

function treeOf(records: readonly string[]): Uint8Array {
  const frontier = new Frontier();
  for (const record of records) frontier.append(leafHash(record));
  return frontier.root();
}

function perSecond(count: number, work: () => unknown): number {
  const startedAt = performance.now();
  if (work() === undefined) throw new Error('The work came to nothing.');
  return (count / (performance.now() - startedAt)) * 1_000;
}

async function readLog(ledger: Ledger): Promise<{ records: string[]; places: Place[] }> {
  const [records, places]: [string[], Place[]] = [[], []];
  for await (const batch of ledger.get(LogReader).batches({ live: false, maxBatch: 1_000 })) {
    for (const event of batch) {
      records.push(canonicalRecord(event));
      places.push({ stream: event.stream, revision: event.revision });
    }
    if (records.length >= RECORDS) break;
  }
  return { records, places };
}
