import type { Counted } from '@provident/projections/testing/tally';
import { tally } from '@provident/projections/testing/tally';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';

const counted = (name: string, amount: number) => ({ type: 'Counted', data: { name, amount } satisfies Counted });

function logOf(events: number, streams = 20): SyntheticLog {
  const log = new SyntheticLog();
  for (let place = 0; place < events; place += 1) {
    const stream = `${'abc'[place % 3] ?? ''}-${place % streams}`;
    log.append(counted(`name ${place % 7}`, place), stream);
  }
  return log;
}

describeWithKafka('from the log through Kafka to PostgreSQL', () => {
  let desk: KafkaDesk;
  beforeAll(async () => (desk = await KafkaDesk.open()), 240_000);
  afterAll(() => desk.close(), 60_000);
  afterEach(() => desk.clear(), 60_000);

  it('brings every event into the same rows as one process does', async () => {
    const log = logOf(5_000);
    const bus = desk.newBus();
    const projections = [tally()];
    const relay = desk.relay(bus, log);
    const projector = await desk.projector(bus, projections);
    await desk.applied(log.head);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(relay.status).toMatchObject({
      state: 'leading',
      position: log.head,
      sent: 5_000,
      unconfirmed: 0,
      lagSeconds: 0,
    });
    expect(projector.status.applied).toBe(5_000);
    expect(projector.status.partitions.reduce((sum, { lag }) => sum + lag, 0n)).toBe(0n);
    const late = log.append(counted('late', 1), 'a-1');
    await desk.applied(late.position);
    expect(await desk.digests(projections)).toEqual(await desk.digestsOfOneProcess(projections, log));
    expect(desk.troubles).toEqual([]);
  });
});
