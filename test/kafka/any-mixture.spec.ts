import { PROJECTIONS } from '@provident/assembly';
import type { RecordedEvent } from '@provident/kernel';
import { digest } from '@provident/projections/digest';
import { PartitionApplier } from '@provident/projections/partition-applier';
import type { Projection } from '@provident/projections/projection';
import { Projector } from '@provident/projections/projector';
import { createSchema } from '@provident/projections/schema';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { tally } from '@provident/projections/testing/tally';
import fc from 'fast-check';
import { Random } from '../../deploy/sample/random.js';
import { Agency } from '../support/agency.js';
import { counted } from '../support/counted-log.js';
import { moves } from '../support/moves.js';
import { TestPostgres } from '../support/test-postgres.js';

/*
 * Kafka keeps the order of each stream and none between streams. That our projections need no more is held here against
 * PostgreSQL, without Kafka: the same events, streams mixed and cut at random and written side by side, give the same rows.
 */
const PARTITIONS = 5;
const seed = Math.floor(Date.now() / 86_400_000);

let database: TestPostgres;
beforeAll(async () => (database = await TestPostgres.open()));
afterAll(() => database.remove());
beforeEach(() => database.empty());

async function alone(log: { batches: SyntheticLog['batches'] }, projections: readonly Projection[]) {
  await new Projector({ pool: database.pool, source: log, projections }).catchUp();
  const { tables } = await digest(database.pool, projections);
  await database.empty();
  return tables;
}

/** Deals streams out to partitions at random, and applies those side by side in pieces of random length. */
async function mixed(events: readonly RecordedEvent[], projections: readonly Projection[], random: Random) {
  await createSchema(database.pool, 'provident', projections, 'for-use', 'kafka');
  const homes = new Map<string, number>();
  const partitions: RecordedEvent[][] = Array.from({ length: PARTITIONS }, () => []);
  for (const event of events) {
    const home = homes.get(event.stream) ?? random.below(PARTITIONS);
    homes.set(event.stream, home);
    partitions[home]?.push(event);
  }
  await Promise.all(
    partitions.map(async (each, partition) => {
      const place = { topic: 'mixture', partition };
      const applier = new PartitionApplier({
        ...{ pool: database.pool, schema: 'provident', projections, place, unreadable: 'stop' },
        announce: () => Promise.reject(new Error('nothing is to be laid aside')),
      });
      await applier.load();
      for (let next = 0; next < each.length; ) {
        const piece = each.slice(next, next + 1 + random.below(20));
        await applier.apply(
          piece.map((event, at) => ({
            ...place,
            offset: BigInt(next + at),
            content: { event },
            raw: () => ({ key: null, headers: {}, value: null }),
          })),
        );
        next += piece.length;
      }
    }),
  );
  return digest(database.pool, projections);
}

describe('streams applied in any mixture', () => {
  it('give the rows that one process makes of the log in its order', async () => {
    let events = 0;
    for (let round = 0; round < 3; round += 1) {
      const played = fc.sample(moves, { numRuns: 40, seed: seed + round }).flat();
      const { log } = (await Agency.play(played)).ledger;
      events += log.events.length;
      const wanted = await alone(log, PROJECTIONS);
      const { tables, ...place } = await mixed(log.events, PROJECTIONS, new Random(`mixture ${seed} ${round}`));
      expect(tables).toEqual(wanted);
      expect(place).toEqual({ position: log.head, events: BigInt(log.events.length) });
      await database.empty();
    }
    expect(events).toBeGreaterThan(1_000);
  });

  it('would be noticed if they did not: the last of several streams is a matter of the order between them', async () => {
    const log = new SyntheticLog();
    for (let place = 0; place < 300; place += 1) log.append(counted('one', 1, `note ${place}`), `a-${place % 30}`);
    const wanted = await alone(log, [tally()]);
    const outcomes = new Set<string>();
    for (let round = 0; round < 10; round += 1) {
      const { tables } = await mixed(log.all(), [tally()], new Random(`noticed ${round}`));
      outcomes.add(JSON.stringify(tables));
      await database.empty();
    }
    outcomes.delete(JSON.stringify(wanted));
    expect(outcomes.size).toBeGreaterThan(0);
  });

  it('rest on columns each of which was thought through', () => {
    const found = PROJECTIONS.filter(({ order = 'stream' }) => order === 'stream').flatMap(({ tables }) =>
      tables
        .filter(({ kind }) => kind === 'merge')
        .flatMap(({ name, columns, key }) => {
          const others = Object.entries(columns).filter(
            ([column, { merge }]) => !key.includes(column) && merge !== 'add',
          );
          return others.length === 0
            ? []
            : [`${name}: ${others.length} of ${Object.keys(columns).length - key.length}`];
        }),
    );
    // Sums come out the same in any order. Whatever else is merged must come from one stream per key, and say why here.
    expect(found).toEqual([
      // When a month of an employer was settled: from the stream of its dues, and by nothing else.
      'pension_month: 1 of 4',
      // An employer's present name: from the employer's own stream.
      'employer_name: 1 of 1',
      // A case, an appointment of a thread, a notice with its recipients, a task: each from the stream with its own id.
      'desk_case: 17 of 17',
      'desk_appointment: 7 of 7',
      'desk_notice: 6 of 6',
      'desk_notice_recipient: 1 of 1',
      'desk_task: 13 of 13',
      // An alert: from the stream with its own id.
      'supervision_alert: 13 of 14',
    ]);
  });
});
