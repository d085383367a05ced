import { DeadLetters } from '@provident/event-bus';
import { rebuildFromKafka } from '@provident/event-bus/rebuild';
import type { Projection } from '@provident/projections/projection';
import { tally } from '@provident/projections/testing/tally';
import { appendCounted, counted, countedLog } from '../support/counted-log.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';

const CLOCK = { now: () => new Date('2026-03-01T00:00:00Z') };
const BY = { by: 'admin:li', reason: 'seen with the log' };

describeWithKafka('a read side over Kafka', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => desk.clear());

  it('is built anew beside the live one, which goes on, and takes its place', async () => {
    const log = countedLog(3_000);
    const refused = [counted('half', 1.5), counted('third', 0.3), counted('rest', 0.7)].map((each) =>
      log.append(each, 'a-1'),
    );
    const bus = desk.newBus();
    const projections: Projection[] = [{ ...tally(), poison: 'dead-letter' }];
    desk.relay(bus, log);
    await desk.projector(bus, projections);
    await desk.applied(log.head);
    const { pool } = desk.database;
    const letters = new DeadLetters({ bus, pool, projections, clock: CLOCK });
    const [half = '', third = '', rest = ''] = (await letters.list()).map(({ id }) => id);
    await letters.correct(half, { data: { name: 'half', amount: 2 } }, BY);
    await letters.replay(half, BY);
    await letters.handle(third, BY);
    // What nobody may write in the live tables would be gone with them; that it is gone shows that they were replaced.
    await pool.query("insert into total (name, amount) values ('written by hand', 1)");

    const rebuilt = rebuildFromKafka({ bus, pool, projections, clock: CLOCK });
    for (let place = 3_000; place < 4_000; place += 1) appendCounted(log, place);
    await rebuilt;
    for (let place = 4_000; place < 4_500; place += 1) appendCounted(log, place);
    await desk.applied(log.head);

    const { rows } = await pool.query<{ name: string; amount: bigint }>(
      "select name, amount from total where name in ('half', 'third', 'rest', 'written by hand')",
    );
    expect(rows).toEqual([{ name: 'half', amount: 2n }]);
    expect((await letters.list()).map(({ id, state }) => ({ id, state }))).toEqual([
      { id: half, state: 'replayed' },
      { id: third, state: 'handled' },
      { id: rest, state: 'open' },
    ]);
    const { rows: counts } = await pool.query<{ amount: bigint; entries: bigint }>(
      "select (select sum(amount)::bigint from total where name like 'name %') as amount, count(*) as entries from entry",
    );
    expect(counts).toEqual([{ amount: (4_499n * 4_500n) / 2n, entries: 4_501n }]);
    expect(refused).toHaveLength(3);
    await letters.close();
  });

  it('is made for other projections beside the one that is outdated', async () => {
    const log = countedLog(500);
    const bus = desk.newBus();
    desk.relay(bus, log);
    const old = await desk.projector(bus, [tally()]);
    await desk.applied(log.head);
    await old.stop();
    const projections = [tally(2)];
    await expect(desk.projector(bus, projections)).rejects.toMatchObject({ code: 'rebuild-required' });
    await rebuildFromKafka({ bus, pool: desk.database.pool, projections, clock: CLOCK });
    await desk.projector(bus, projections);
    const late = log.append(counted('late', 1), 'a-1');
    await desk.applied(late.position);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
  });
});
