import { PROJECTIONS, STREAM_CATEGORIES } from '@provident/assembly';
import { encodeEvent } from '@provident/event-bus/cloud-event';
import { businessDate, deterministicId } from '@provident/kernel';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import type { Message } from 'kafkajs';
import type { Command } from 'commander';
import { deadLettersCommand } from '../../apps/ledgerctl/src/commands/dead-letters.js';
import { rebuildCommand } from '../../apps/ledgerctl/src/commands/rebuild.js';
import { KafkaDesk } from '../support/kafka-desk.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { produce } from '../support/produce.js';

const AREA = '310000';

describeWithKafka('ledgerctl where Kafka feeds the read side', () => {
  let desk: KafkaDesk;
  const before = { ...process.env };
  beforeAll(async () => (desk = await KafkaDesk.open()));
  afterAll(() => desk.close());
  afterEach(() => {
    process.env = before;
    process.exitCode = undefined;
  });

  /** Runs a command as the command line would, in this process; answers what it printed. */
  const run = (...args: string[]) => runCommand(deadLettersCommand(), ...args);

  async function runCommand(command: Command, ...args: string[]): Promise<{ out: string; err: string; code: unknown }> {
    const printed = { out: '', err: '' };
    const log = jest.spyOn(console, 'log').mockImplementation((text: string) => void (printed.out += `${text}\n`));
    const error = jest.spyOn(console, 'error').mockImplementation((text: string) => void (printed.err += `${text}\n`));
    process.exitCode = undefined;
    try {
      await command.parseAsync(args, { from: 'user' });
    } finally {
      log.mockRestore();
      error.mockRestore();
    }
    return { ...printed, code: process.exitCode };
  }

  it('lists, shows, repairs and replays what nobody could read, and rebuilds with the repairs', async () => {
    const bus = desk.bus({ area: AREA, categories: STREAM_CATEGORIES, partitions: 1 });
    const log = new SyntheticLog();
    const register = (place: number) =>
      log.append(
        { type: 'PersonRegistered', data: { personId: deterministicId('person', String(place)) } },
        'insured-1',
        {
          effectiveDate: businessDate('2025-01-01'),
        },
      );
    const good = encodeEvent(register(1), AREA);
    const damaged = encodeEvent(register(2), AREA);
    const sent: Message[] = [
      good,
      { ...damaged, value: '{' },
      encodeEvent(register(3), AREA),
      { key: 'x', value: 'garbage' },
    ];
    await bus.prepare();
    await produce(bus, bus.topics.of('insured-1'), sent);
    const projector = await desk.projector(bus, PROJECTIONS, { unreadable: 'dead-letter' });
    await desk.until('both are laid aside', () => projector.status.deadLetters === 2);
    Object.assign(process.env, {
      ...{ PROVIDENT_AREA: AREA, KAFKA_BROKERS: desk.kafka.broker.address, KAFKA_PARTITIONS: '1' },
      DATABASE_URL: desk.database.url,
    });

    const listed = JSON.parse((await run('list', '--json')).out) as { id: string; reason: string }[];
    expect(listed.map(({ reason }) => reason)).toEqual(['Its value is no JSON.', 'It has no header ce_specversion.']);
    const [first = '', second = ''] = listed.map(({ id }) => id);
    expect((await run('list', '--state', 'open')).out).toContain(first);
    expect(JSON.parse((await run('show', first)).out)).toMatchObject({ id: first, message: { value: '{' } });

    const by = ['--reason', 'compared with the log'];
    expect(await run('replay', first, ...by)).toMatchObject({
      code: 1,
      err: expect.stringContaining('To do:') as string,
    });
    const data = JSON.stringify({ personId: deterministicId('person', '2') });
    expect((await run('repair', first, '--data', data, ...by)).out).toBe('It is corrected; replay applies it.\n');
    expect((await run('replay', first, ...by)).out).toBe('It is applied.\n');
    expect(await run('replay', first, ...by)).toMatchObject({ code: 1 });
    expect((await run('repair', second, '--handled', '--data', data, ...by)).err).toContain('one way');
    expect((await run('repair', second, '--handled', ...by)).out).toBe('It is handled.\n');
    expect((await run('list', '--state', 'open')).out).toBe('There are none.\n');
    const wanted = await desk.digestsOfOneProcess(PROJECTIONS, log);
    expect(await desk.digests(PROJECTIONS)).toEqual(wanted);
    await expect(runCommand(rebuildCommand(), '--from-kafka')).rejects.toThrow(/no JSON/);
    expect(await desk.digests(PROJECTIONS)).toEqual(wanted);
    const laidAside = ['--unreadable', 'dead-letter'];
    const rebuilt = JSON.parse((await runCommand(rebuildCommand(), '--from-kafka', ...laidAside, '--json')).out) as {
      tables: { table: string; sha256: string }[];
    };
    expect(rebuilt.tables).toHaveLength(PROJECTIONS.flatMap(({ tables }) => tables).length);
    expect(await desk.digests(PROJECTIONS)).toEqual(wanted);
  });
});
