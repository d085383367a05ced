import type { RecordedEvent } from '@provident/kernel';
import fc from 'fast-check';
import { LogMerge } from './log-merge.js';

const TOPIC = 'provident.310000.account';
const PARTITIONS = 3;

/** A relay's run: which part of the log it sends, and where its messages fall among those of others. */
interface Sent {
  readonly place: { topic: string; partition: number };
  readonly offset: bigint;
  readonly position: bigint;
}

const at = (position: bigint) => ({ position }) as RecordedEvent;
const partitionOf = (position: bigint) => Number((position * 7n) % BigInt(PARTITIONS));

/** Partitions as relays leave them: each run sends the log in order, from a position that was confirmed before. */
function partitionsOf(runs: readonly { from: bigint; to: bigint }[]): { sent: Sent[]; ends: bigint[] } {
  const ends = new Array<bigint>(PARTITIONS).fill(0n);
  const sent: Sent[] = [];
  for (const { from, to } of runs) {
    for (let position = from; position < to; position += 1n) {
      const partition = partitionOf(position);
      sent.push({ place: { topic: TOPIC, partition }, offset: ends[partition] ?? 0n, position });
      ends[partition] = (ends[partition] ?? 0n) + 1n;
    }
  }
  return { sent, ends };
}

describe("the log's order, put together from partitions", () => {
  it('is the same whatever the mixture in which the partitions arrive, and whatever came twice', () => {
    const plan = fc.record({
      length: fc.integer({ min: 1, max: 40 }),
      repeatsFrom: fc.array(fc.integer({ min: 0, max: 39 }), { maxLength: 4 }),
      after: fc.integer({ min: -1, max: 39 }),
      choices: fc.infiniteStream(fc.nat()),
      most: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(plan, ({ length, repeatsFrom, after, choices, most }) => {
        const end = BigInt(length);
        const runs = [{ from: 0n, to: end }, ...repeatsFrom.map((from) => ({ from: BigInt(from), to: end }))];
        const { sent, ends } = partitionsOf(runs);
        const merge = new LogMerge(BigInt(after));
        merge.tell({ position: end - 1n, offsets: { [TOPIC]: ends } });
        const taken: bigint[] = [];
        const lanes = Array.from({ length: PARTITIONS }, (_, each) =>
          sent.filter(({ place }) => place.partition === each),
        );
        while (lanes.some((lane) => lane.length > 0)) {
          const waiting = lanes.filter((lane) => lane.length > 0);
          const next = waiting[choices.next().value % waiting.length]?.shift() as Sent;
          merge.add(next.place, next.offset, at(next.position));
          taken.push(...merge.take(most).map(({ position }) => position));
        }
        for (let more = merge.take(most); more.length > 0; more = merge.take(most)) {
          taken.push(...more.map(({ position }) => position));
        }
        const wanted = Array.from({ length }, (_, place) => BigInt(place)).filter((position) => position > after);
        expect(taken).toEqual(wanted);
        expect(merge.isThrough).toBe(true);
      }),
    );
  });

  it('waits for a partition that may still hold an earlier event, and for no other', () => {
    const merge = new LogMerge(-1n);
    merge.tell({ position: 5n, offsets: { [TOPIC]: [1n, 2n, 0n] } });
    merge.add({ topic: TOPIC, partition: 0 }, 0n, at(4n));
    expect(merge.take(10)).toEqual([]);
    merge.add({ topic: TOPIC, partition: 1 }, 0n, at(2n));
    expect(merge.take(10)).toEqual([at(2n)]);
    merge.add({ topic: TOPIC, partition: 1 }, 1n, at(5n));
    expect(merge.take(10)).toEqual([at(4n), at(5n)]);
    expect(merge.isThrough).toBe(true);
  });

  it('hands out nothing beyond what a relay has told of', () => {
    const merge = new LogMerge(-1n);
    merge.add({ topic: TOPIC, partition: 0 }, 0n, at(1n));
    merge.add({ topic: TOPIC, partition: 0 }, 1n, at(9n));
    expect(merge.take(10)).toEqual([]);
    merge.tell({ position: 3n, offsets: { [TOPIC]: [1n] } });
    expect(merge.take(10)).toEqual([at(1n)]);
    // A late relay's word is true and says less.
    merge.tell({ position: 1n, offsets: { [TOPIC]: [1n] } });
    merge.tell({ position: 9n, offsets: { [TOPIC]: [2n] } });
    expect(merge.take(10)).toEqual([at(9n)]);
  });
});
