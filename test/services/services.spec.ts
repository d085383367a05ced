import { randomUUID } from 'node:crypto';
import {
  compareWithReplay,
  HttpStoryDesk,
  PROJECTIONS,
  type SampleAccount,
  SignedInCaller,
  StoryRunner,
} from '@provident/assembly';
import { receiptIdOf } from '@provident/collection';
import { LogReader, StoreClient } from '@provident/event-store';
import { createPool } from '@provident/projections/database';
import { METRICS, spanIdOf, traceIdOf } from '@provident/telemetry';
import { openAgencyAccounts } from '../../deploy/services/agency-accounts.js';
import { citizenNumber, personName, receiptsCsv } from '../support/invented.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { SAMPLE_FILES, sampleStory } from '../support/sample-story.js';
import { RunningServices } from './running-services.js';
import { TraceReceiver } from './trace-receiver.js';

/** An employer of the sample. */
const EMPLOYER = '91310199MAX115912X';

/*
 * The compiled services as processes of their own, with a real event store, PostgreSQL and Kafka: two counters, a relay, two
 * projectors and an enquiry. The first month of the sample goes through them.
 */
describeWithKafka('the separate processes', () => {
  let services: RunningServices;
  let traces: TraceReceiver;
  let client: StoreClient;
  let accounts: readonly SampleAccount[];
  /** What the clerk's requests bear. */
  let authorization: string;

  beforeAll(async () => {
    traces = await TraceReceiver.open();
    services = await RunningServices.prepare({ LOG_LEVEL: 'debug', OTEL_EXPORTER_OTLP_ENDPOINT: traces.url });
    client = new StoreClient(services.eventStore.address);
  }, 180_000);
  afterAll(async () => {
    await client.dispose();
    await services.close();
    await traces.close();
  }, 120_000);

  const post = async (url: string, type: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': type, authorization, ...headers },
      body: body as string,
    });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, unknown> };
  };
  const asked = (url: string) => fetch(url, { headers: { authorization } });
  const register = (place: number, headers: Record<string, string> = {}) =>
    post(
      `${services.urlsOf('counter')[place % 2] ?? ''}/api/people`,
      'application/json',
      JSON.stringify({ citizenNumber: citizenNumber(place), name: personName(place) }),
      headers,
    );

  it('start in any order, and say what they wait for', async () => {
    await services.startShuffled(services.processes, 'services');
    const waited = {
      'counter-1': 'waiting for the event store at esdb://127.0.0.1:',
      relay: 'waiting for the event store at esdb://127.0.0.1:',
      'projector-2': 'waiting for PostgreSQL at postgresql://localhost',
      enquiry: 'waiting for the event store at esdb://127.0.0.1:',
    };
    for (const [name, text] of Object.entries(waited)) {
      await services.until(`${name} says what it waits for`, async () => {
        return (await services.readiness(name))?.waitingFor?.startsWith(text) === true;
      });
      expect(await services.readiness(name)).toMatchObject({ status: 'starting' });
    }
    await services.eventStore.start();
    await services.until('the relay waits for Kafka', async () => {
      const text = `waiting for Kafka at ${services.kafka.address}`;
      return (await services.readiness('relay'))?.waitingFor?.startsWith(text) === true;
    });
    await services.startShuffled([services.kafka, services.postgres], 'infrastructure');
    await services.allReady();
    accounts = await openAgencyAccounts(services);
    const clerk = accounts.find(({ role }) => role === 'clerk') ?? { name: '', password: '' };
    authorization = `Bearer ${await new SignedInCaller(services.urlsOf('counter')[0] ?? '', clerk).signedIn()}`;
  }, 180_000);

  it('give the figures that a single process gives', async () => {
    const { steps } = sampleStory(1);
    const [counter = '', enquiry = ''] = [services.urlsOf('counter')[0], services.urlsOf('enquiry')[0]];
    const desk = new HttpStoryDesk(counter, enquiry, accounts);
    await new StoryRunner(desk, SAMPLE_FILES).run(steps, 0, () => undefined);
    const pool = createPool(services.postgres.address, 'provident', 4);
    try {
      const { live, replayed, differing } = await compareWithReplay(pool, new LogReader(client), PROJECTIONS);
      expect(differing).toEqual([]);
      expect(live.events).toBeGreaterThan(10_000n);
      const told = (await desk.ask('/api/read-side/digests')) as { tables: unknown };
      expect(told.tables).toEqual(replayed.tables);
    } finally {
      await pool.end();
    }
  }, 300_000);

  it('share the partitions between two projectors', async () => {
    const applied = await Promise.all(
      ['projector-1', 'projector-2'].map((name) => services.metric(name, 'provident_projector_applied_events_total')),
    );
    for (const each of applied) expect(each).toBeGreaterThan(0);
  });

  it('cover the log with a tree that one supervisor leads', async () => {
    await services.until('the tree holds the log', async () => {
      return (await services.metric('supervisor', 'provident_tree_leaves')) > 10_000;
    });
    expect(await services.metric('supervisor', 'provident_supervisor_leading')).toBe(1);
  }, 180_000);

  it('read what was written, whichever counter took it', async () => {
    const enquiry = services.urlsOf('enquiry')[0] ?? '';
    for (const place of [900, 901]) {
      const { status, body } = await register(place);
      expect(status).toBe(201);
      const position = String(body['position']);
      const answer = await fetch(`${enquiry}/api/read-side?atLeast=${position}`, { headers: { authorization } });
      const { position: shown } = (await answer.json()) as { position: string };
      expect(BigInt(shown)).toBeGreaterThanOrEqual(BigInt(position));
    }
  });

  it('join one trace from the request to the projected row, reactions included', async () => {
    const correlationId = randomUUID();
    // An employer of the sample, which owes something: the receipt is matched, and set against what is due.
    const line = ['B-TRACE', '2025-01-20', '养老', '100.00', '付款单位', EMPLOYER, ''];
    const counter = services.urlsOf('counter')[1] ?? '';
    const { status, headers } = await post(`${counter}/api/receipts`, 'text/csv', receiptsCsv([line]), {
      'x-correlation-id': correlationId,
    });
    expect(status).toBe(201);
    expect(headers.get('x-correlation-id')).toBe(correlationId);
    const traceId = traceIdOf(correlationId);
    const named = (name: string) => traces.of(traceId).filter((span) => span.name === name);
    const stations = ['append', 'relayed', 'projected'];
    const events = ['ReceiptMatched', 'ContributionReceived'];
    const expected = [
      ...['POST /api/receipts', 'command ImportReceipts'],
      ...stations.flatMap((station) => events.map((event) => `${station} ${event}`)),
    ];
    await services.until('every span has arrived', () => expected.every((name) => named(name).length > 0));
    const [request] = named('POST /api/receipts');
    const [command] = named('command ImportReceipts');
    expect(request).toMatchObject({ service: 'provident-counter' });
    expect(command).toMatchObject({ service: 'provident-counter', parentSpanId: request?.spanId });
    const matched = await lastEventOf(`receipt-${receiptIdOf('employee-pension', 'B-TRACE')}`, 'ReceiptMatched');
    const received = await lastEventOf(`dues-${EMPLOYER}`, 'ContributionReceived');
    expect(received.metadata).toMatchObject({ causationId: matched.id, correlationId });
    const [matching, receiving] = [named('append ReceiptMatched')[0], named('append ContributionReceived')[0]];
    expect(matching).toMatchObject({ spanId: spanIdOf(matched.id), parentSpanId: command?.spanId });
    expect(receiving).toMatchObject({ spanId: spanIdOf(received.id), parentSpanId: matching?.spanId });
    for (const [verb, service] of [
      ['relayed', 'provident-relay'],
      ['projected', 'provident-projector'],
    ]) {
      expect(named(`${verb} ReceiptMatched`)).toMatchObject([{ service, parentSpanId: matching?.spanId }]);
      expect(named(`${verb} ContributionReceived`)).toMatchObject([{ service, parentSpanId: receiving?.spanId }]);
    }
  });

  async function lastEventOf(stream: string, type: string) {
    const events = await client.readPage(stream, { backwards: true, count: 20 });
    return events.find((event) => event.type === type)!;
  }

  it('log one conversation under its correlation id, and nobody’s name or number', async () => {
    const correlationId = randomUUID();
    await register(902, { 'x-correlation-id': correlationId, 'x-request-id': 'desk-7' });
    const linesOf = (service: string) =>
      services.lines.filter((line) => line.startsWith(service) && line.includes(correlationId));
    for (const service of ['counter-1', 'relay', 'projector-']) {
      await services.until(`${service} has logged it`, () => linesOf(service).length > 0);
    }
    expect(linesOf('counter-1').some((line) => line.includes('"requestId":"desk-7"'))).toBe(true);
    expect(services.lines.filter((line) => /\d{17}[\dX]|示例|王/.test(line))).toEqual([]);
  });

  it('show every metric of the table, and the figures move', async () => {
    for (const { name, address } of services.processes) {
      const text = await (await fetch(`${address}/metrics`)).text();
      for (const [metric, definition] of Object.entries(METRICS)) {
        const isOurs = (definition.in as readonly string[]).includes(name.split('-')[0] ?? '');
        expect([name, metric, text.includes(`# TYPE ${metric} ${definition.kind}\n`)]).toEqual([name, metric, isOurs]);
      }
    }
    const watched: [string, string][] = [
      ['counter-1', 'provident_appended_events_total'],
      ['counter-1', 'provident_append_duration_seconds_count'],
      ['counter-1', 'provident_command_refusals_total'],
      ['counter-1', 'provident_http_request_duration_seconds_count'],
      ['relay', 'provident_relay_sent_events_total'],
      ['relay', 'provident_relay_position'],
    ];
    const read = () => Promise.all(watched.map(([name, metric]) => services.metric(name, metric)));
    const before = await read();
    await register(904);
    // The same person under another name.
    const refused = JSON.stringify({ citizenNumber: citizenNumber(904), name: personName(905) });
    const { status } = await post(`${services.urlsOf('counter')[0] ?? ''}/api/people`, 'application/json', refused);
    expect(status).toBeGreaterThanOrEqual(400);
    await services.until('every figure has grown', async () => {
      const now = await read();
      return now.every((value, at) => value > (before[at] ?? 0));
    });
    expect(await services.metric('relay', 'provident_relay_leading')).toBe(1);
    expect(await services.metric('relay', 'provident_check_passing')).toBe(2);
  });

  it('go on when a process is killed and started again', async () => {
    for (const name of ['relay', 'projector-1']) {
      process.kill(services.named(name).pid ?? 0, 'SIGKILL');
      await services.until(`${name} is gone`, () => !services.named(name).isRunning());
    }
    const { body } = await register(906);
    await Promise.all([services.named('relay').start(), services.named('projector-1').start()]);
    const enquiry = services.urlsOf('enquiry')[0] ?? '';
    await services.until('the read side shows what was written meanwhile', async () => {
      return (await asked(`${enquiry}/api/read-side?atLeast=${String(body['position'])}`)).ok;
    });
  }, 180_000);

  it('say that PostgreSQL is away, and answer again when it is back', async () => {
    const enquiry = services.urlsOf('enquiry')[0] ?? '';
    await services.postgres.stop();
    await services.until('the enquiry says that it is not ready', async () => {
      return (await services.readiness('enquiry'))?.status === 'not ready';
    });
    // Sessions and the keys of personal data stand in the same server here, so that the counter cannot go on either.
    const refused = [await asked(`${enquiry}/api/read-side`), await register(907)];
    await services.postgres.start();
    expect(refused.map(({ status }) => status)).toEqual([503, 503]);
    await services.until('the enquiry answers again', async () => (await asked(`${enquiry}/api/read-side`)).ok);
    const { status, body } = await register(907);
    expect(status).toBe(201);
    await services.until('the read side shows what was written', async () => {
      return (await asked(`${enquiry}/api/read-side?atLeast=${String(body['position'])}`)).ok;
    });
  }, 180_000);

  it('stop in order when they are told to', async () => {
    await services.allReady();
    await Promise.all(services.processes.map((each) => each.stop()));
    expect(services.processes.map(({ name, ending }) => ({ name, ending }))).toEqual(
      services.processes.map(({ name }) => ({ name, ending: 0 })),
    );
  }, 120_000);
});
