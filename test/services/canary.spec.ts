import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HttpStoryDesk, PROJECTIONS, type SampleAccount, SignedInCaller, STREAM_CATEGORIES } from '@provident/assembly';
import type { Role } from '@provident/access';
import { VAULT_SCHEMA } from '@provident/access/vault/vault';
import { KafkaBus, KafkaProjector } from '@provident/event-bus';
import { encodeEvent } from '@provident/event-bus/cloud-event';
import { StoreClient } from '@provident/event-store';
import { ERASED_TEXT, type RecordedEvent } from '@provident/kernel';
import { createPool, LIVE_SCHEMA } from '@provident/projections/database';
import type { DeadLetter } from '@provident/projections/dead-letter';
import { openAgencyAccounts } from '../../deploy/services/agency-accounts.js';
import { ByteSearch } from '../support/byte-search.js';
import { CANARY, CONTROL, isMarked, MARKS } from '../support/canary.js';
import { runCompiled } from '../support/compiled.js';
import { creditCode, declarationCsv, receiptsCsv } from '../support/invented.js';
import { describeWithKafka } from '../support/kafka-suite.js';
import { produce } from '../support/produce.js';
import { RunningServices } from './running-services.js';
import { TraceReceiver } from './trace-receiver.js';

const AREA = '310000';
const EMPLOYER = creditCode(0);
const NUMBER = CANARY.number;
const JSON_TYPE = { 'content-type': 'application/json' };
const CSV = { 'content-type': 'text/csv' };
/** Named by the canary's requests: what the logs and traces have of them is found by it. */
const CORRELATION = '77777777-7777-4777-8777-777777777777';

interface Reply {
  readonly status: number;
  readonly text: string;
}

/*
 * The canary goes through the separate processes while they log all that they ever log, is refused in many ways, and is
 * erased. Then its bytes are looked for in everything that they have written, shown and sent.
 */
describeWithKafka('a canary in the separate processes', () => {
  let services: RunningServices;
  let traces: TraceReceiver;
  let client: StoreClient;
  let desk: HttpStoryDesk;
  let callers: ReadonlyMap<Role, SignedInCaller>;
  let person: string;
  /** What was answered to requests that were refused, and what the processes showed of themselves. */
  const told: string[] = [];

  beforeAll(async () => {
    traces = await TraceReceiver.open();
    const variables = { LOG_LEVEL: 'trace', OTEL_EXPORTER_OTLP_ENDPOINT: traces.url, KAFKA_PARTITIONS: '1' };
    services = await RunningServices.start(variables);
    client = new StoreClient(services.eventStore.address);
    const accounts: readonly SampleAccount[] = await openAgencyAccounts(services);
    desk = new HttpStoryDesk(url('counter'), url('enquiry'), accounts);
    callers = new Map(accounts.map((each) => [each.role, new SignedInCaller(url('counter'), each)]));
  }, 180_000);
  afterAll(async () => {
    await client.dispose();
    await services.close();
    await traces.close();
  }, 120_000);

  const url = (service: string): string => services.urlsOf(service)[0] ?? '';

  async function send(
    path: string,
    body: string | Buffer | undefined,
    headers: Record<string, string>,
    { by = 'clerk', to = 'counter' }: { by?: Role; to?: string } = {},
  ): Promise<Reply> {
    const authorization = `Bearer ${(await callers.get(by)?.signedIn()) ?? ''}`;
    const answer = await fetch(url(to) + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body as string)) }),
    });
    return { status: answer.status, text: await answer.text() };
  }

  async function done(path: string, body: object | Buffer, by: Role = 'clerk'): Promise<Record<string, unknown>> {
    const isFile = Buffer.isBuffer(body);
    const headers = { ...(isFile ? CSV : JSON_TYPE), 'x-correlation-id': CORRELATION };
    const { status, text } = await send(`/api/${path}`, isFile ? body : JSON.stringify(body), headers, { by });
    if (status >= 300) throw new Error(`${path}: ${text}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  const statement = () => desk.ask(`/api/people/${person}/statements/2025`, 'clerk') as Promise<object>;

  /** Of all tables but the index of events, which has the erasure itself in it. */
  async function digests(): Promise<object> {
    await desk.settled();
    const answer = await desk.ask('/api/read-side/digests');
    const { tables } = answer as { tables: readonly { table: string; sha256: string }[] };
    const lasting = tables.filter(({ table }) => table !== 'event_index');
    return Object.fromEntries(lasting.map(({ table, sha256 }) => [table, sha256]));
  }

  it('goes from the counter through relay, Kafka and projector to the enquiry, which shows it in clear', async () => {
    await done('employers', { creditCode: EMPLOYER, name: CONTROL, registeredOn: '2020-01-01', riskClass: 1 });
    await done('people', { citizenNumber: NUMBER, name: CANARY.name });
    person = await desk.personIdOf(NUMBER);
    const schemes = ['pension', 'medical', 'unemployment', 'work-injury'];
    await done(`people/${person}/enrolments`, { employer: EMPLOYER, schemes, from: '2025-07' });
    const changed = { changedOn: '2025-07-02', reason: CANARY.reason };
    const particulars = { phone: CANARY.phone, address: CANARY.address, bankAccount: CANARY.account };
    await done(`people/${person}/changes`, { ...particulars, ...changed });
    await done(`employers/${EMPLOYER}/changes`, {
      contactName: CANARY.contact,
      changedOn: '2025-07-02',
      reason: '变更',
    });
    const { cardId } = await done(`people/${person}/cards`, { requestedOn: '2025-07-01' });
    const issued = { cardNumber: CANARY.card, issuedOn: '2025-07-05' };
    await done(`people/${person}/cards/${String(cardId)}/issue`, issued);
    await done(`employers/${EMPLOYER}/administrators`, {
      ...{ name: CANARY.name, citizenNumber: NUMBER, phone: CANARY.phone, from: '2025-07-01', filedOn: '2025-07-01' },
      ...{ authority: ['declaration'], letterHash: 'c'.repeat(64) },
    });
    const payroll = declarationCsv([[NUMBER, CANARY.name, '10000.00']]);
    await done(`employers/${EMPLOYER}/declarations/2025-07?on=2025-07-08`, payroll);
    const bank = [
      ['B1', '2025-07-15', '养老', '2400.00', CANARY.payer, '', CANARY.purpose],
      ['B2', '2025-07-15', '养老', '2400.00', '', EMPLOYER, ''],
      ['B3', '2025-07-15', '医疗', '1100.00', '', EMPLOYER, ''],
      ['B4', '2025-07-15', '失业', '100.00', '', EMPLOYER, ''],
      ['B5', '2025-07-15', '工伤', '20.00', '', EMPLOYER, ''],
    ];
    await done('receipts?on=2025-07-15', receiptsCsv(bank));
    await done('notices', { title: CANARY.notice, text: CANARY.notice, recipients: [person] });
    await done(`people/${person}/enrolments/end`, { employer: EMPLOYER, lastMonth: '2025-12' });
    await desk.settled();
    expect(await statement()).toMatchObject({ person: { name: CANARY.name, citizenNumber: NUMBER }, months: [{}] });
    const waiting = await desk.ask('/api/books/unidentified-receipts', 'fund-manager');
    expect(waiting).toMatchObject({ receipts: [{ payerName: CANARY.payer, purpose: CANARY.purpose }] });
  }, 120_000);

  /** Requests with the canary in them, none of which is carried out; whether the answer tells the sender his own row. */
  const REFUSED: Readonly<Record<string, () => Promise<Reply>>> = {
    'a wrong check character': () =>
      send('/api/people', JSON.stringify({ citizenNumber: `${NUMBER.slice(0, 17)}Y`, name: CANARY.name }), JSON_TYPE),
    'a body that breaks off': () =>
      send('/api/people', `{"name":"${CANARY.name}","citizenNumber":"${NUMBER}"`, JSON_TYPE),
    'a body with words in it': () => send('/api/people', `{"name":${CANARY.name},"n":${NUMBER}}`, JSON_TYPE),
    'an unknown field': () =>
      send('/api/people', JSON.stringify({ citizenNumber: NUMBER, name: CANARY.name, alias: CANARY.title }), JSON_TYPE),
    'a field of the wrong kind': () =>
      send('/api/people', JSON.stringify({ citizenNumber: { number: NUMBER }, name: [CANARY.name] }), JSON_TYPE),
    'another type of body': () => send('/api/people', `name=${CANARY.name}`, { 'content-type': 'text/plain' }),
    'the same person under another name': () =>
      send('/api/people', JSON.stringify({ citizenNumber: NUMBER, name: CANARY.receiver }), JSON_TYPE),
    'a contact without a reason': () =>
      send(`/api/employers/${EMPLOYER}/changes`, JSON.stringify({ contactName: CANARY.contact }), JSON_TYPE),
    'a bank account that is a list': () =>
      send(`/api/people/${person}/changes`, JSON.stringify({ bankAccount: [CANARY.account] }), JSON_TYPE),
    'a number for an id': () => send(`/api/people/${NUMBER}/statements/2025`, undefined, {}, { to: 'enquiry' }),
    'a number for an id at the counter': () => send(`/api/people/${NUMBER}/enrolments/end`, '{}', JSON_TYPE),
    'no such page': () => send(`/api/nowhere/${NUMBER}?name=${encodeURIComponent(CANARY.name)}`, undefined, {}),
    'an unknown question': () =>
      send(`/api/books/trial-balance?asOf=${NUMBER}`, undefined, {}, { by: 'fund-manager', to: 'enquiry' }),
    'a purpose that names him': () =>
      send(`/api/people/${person}/statements/2025`, undefined, { 'x-purpose': NUMBER }, { to: 'enquiry' }),
    'a correlation id that names him': () =>
      send('/api/people', JSON.stringify({ citizenNumber: NUMBER, name: CANARY.name }), {
        ...{ ...JSON_TYPE, 'x-correlation-id': NUMBER },
      }),
    'a request id that names him': () => send('/api/people', '{}', { ...JSON_TYPE, 'x-request-id': NUMBER }),
    'a key for two requests': async () => {
      const headers = { ...JSON_TYPE, 'idempotency-key': 'canary' };
      await send('/api/people', JSON.stringify({ citizenNumber: NUMBER, name: CANARY.name }), headers);
      return send('/api/people', JSON.stringify({ citizenNumber: NUMBER, name: CANARY.receiver }), headers);
    },
    'a key that names him': () => send('/api/people', '{}', { ...JSON_TYPE, 'idempotency-key': NUMBER }),
    'a sign-in by his number': () =>
      send('/api/access/sign-in', JSON.stringify({ name: NUMBER, password: CANARY.message }), JSON_TYPE),
    'a forged token': () => send('/api/people', '{}', { ...JSON_TYPE, authorization: `Bearer ${NUMBER}` }),
    'somebody without the right': () =>
      send(`/api/people/${person}/changes`, JSON.stringify({ phone: CANARY.phone }), JSON_TYPE, { by: 'statistician' }),
  };

  it('is in no answer to a request that was refused', async () => {
    for (const [what, request] of Object.entries(REFUSED)) {
      const { status, text } = await request();
      expect({ what, refused: status >= 400 && status < 500, text: isMarked(text) && text }).toEqual({
        ...{ what, refused: true, text: false },
      });
      told.push(text);
    }
    // What the vault has kept of them is looked through with its files.
    const vault = createPool(services.postgres.address, VAULT_SCHEMA, 1);
    for (const table of ['refusal_log', 'read_log', 'idempotency_key', 'attempt']) {
      const { rows } = await vault.query(`select 1 from ${table} limit 1`);
      expect({ table, kept: rows.length }).toEqual({ table, kept: 1 });
    }
    await vault.end();
  }, 60_000);

  it('is told to nobody but the sender of a file with a fault in its row', async () => {
    const faulty: readonly [string, Buffer][] = [
      [
        'people/imports',
        Buffer.from(
          `公民身份号码,姓名,单位统一社会信用代码,险种,参保起始月份\r\n${NUMBER.slice(0, 17)}Y,${CANARY.name},,,\r\n`,
        ),
      ],
      ['people/imports', Buffer.from(`公民身份号码,姓名\r\n"${NUMBER},${CANARY.name}\r\n`)],
      [`employers/${EMPLOYER}/declarations/2025-08?on=2025-08-08`, declarationCsv([[NUMBER, CANARY.name, '一万']])],
      ['receipts', receiptsCsv([['B9', 'yesterday', '养老', '1.00', CANARY.payer, '', CANARY.purpose]])],
    ];
    for (const [path, file] of faulty) {
      const { status, text } = await send(`/api/${path}`, file, CSV);
      expect({ path, status, type: text.includes('urn:provident:problem:') }).toEqual({
        path,
        status: 422,
        type: true,
      });
    }
  }, 60_000);

  it('is erased, and every figure and digest stays', async () => {
    const before = { statement: await statement(), digests: await digests() };
    const erasure = { ground: 'retention-ended', erasedOn: '2026-01-15' };
    await done(`people/${person}/erasure`, erasure, 'approver');
    await done(`employers/${EMPLOYER}/contacts/erasure`, erasure, 'approver');
    // Other processes remember keys for a minute; one that starts knows none.
    await services.named('enquiry').stop();
    await services.named('enquiry').start();
    await services.allReady();
    expect(await digests()).toEqual(before.digests);
    expect(await statement()).toEqual({
      ...before.statement,
      person: { personId: person, name: ERASED_TEXT, citizenNumber: ERASED_TEXT },
    });
  }, 120_000);

  it('is backed up as it stands: sealed in the log, gone from the keys', async () => {
    const backup = (name: string): string => join(services.folder, name);
    const { eventStore, postgres, folder } = services;
    const env = {
      EVENTSTORE_URL: eventStore.address,
      DATABASE_URL: postgres.address,
      VAULT_URL: postgres.address,
      PROVIDENT_MASTER_KEY: readFileSync(join(folder, 'master.key'), 'utf8').trim(),
    };
    const ledgerctl = (...args: string[]) => runCompiled('apps/ledgerctl/src/main.js', args, env);
    const ended = await Promise.all([
      ledgerctl('eventstore', 'backup', backup('events.backup'), '--dir', join(folder, 'events')),
      ledgerctl('keys', 'backup', backup('keys.backup')),
    ]);
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(ended.map(() => ({ code: 0, err: '' })));
    expect(readFileSync(backup('keys.backup'), 'utf8')).toContain(person);
  }, 60_000);

  it('is in no dead letter, nor in the alarm about it', async () => {
    const bus = new KafkaBus({
      brokers: [services.kafka.address],
      area: AREA,
      categories: STREAM_CATEGORIES,
      partitions: 1,
    });
    const [event] = (await client.readPage(`insured-${person}`, { backwards: false, count: 1 })) as [RecordedEvent];
    const message = encodeEvent(event, AREA);
    await produce(bus, bus.topics.of(event.stream), [
      { ...message, headers: { ...message.headers, ce_position: 'far' } },
    ]);
    await services.until('the projector has stopped before it', async () => {
      return (await services.metric('projector', 'provident_projector_stopped_partitions')) === 1;
    });
    for (const { address } of services.processes) told.push(await (await fetch(`${address}/metrics`)).text());
    await services.named('projector').stop();
    const pool = createPool(services.postgres.address, LIVE_SCHEMA, 4);
    const letters: string[] = [];
    const onDeadLetter = ({ id, reason }: DeadLetter): void => void letters.push(`${id}: ${reason}`);
    const laying = new KafkaProjector({ bus, pool, projections: PROJECTIONS, unreadable: 'dead-letter', onDeadLetter });
    await laying.start();
    await services.until('it is laid aside', () => letters.length === 1);
    await laying.stop();
    await pool.end();
    told.push(...letters);
  }, 120_000);

  it('stands in no file, log line, metric, trace and backup', async () => {
    await services.stop();
    const search = new ByteSearch(MARKS);
    const controls = new ByteSearch([CONTROL, CORRELATION, '/api/people/:personId', 'command RegisterPerson']);
    const log = services.lines.join('\n');
    const spans = JSON.stringify(traces.spans);
    expect(search.inText(log, 'log')).toEqual([]);
    expect(search.inText(spans, 'traces')).toEqual([]);
    expect(search.inText(told.join('\n'), 'told')).toEqual([]);
    expect(search.inFolder(services.folder)).toEqual([]);

    // What is known to be there is found.
    const where = new Set(
      controls
        .inFolder(services.folder)
        .filter(({ text }) => text === CONTROL)
        .map((each) => each.where),
    );
    for (const place of ['/events/', '/postgres/', '/kafka/logs/', 'events.backup']) {
      expect({ place, found: [...where].some((path) => path.includes(place)) }).toEqual({ place, found: true });
    }
    expect(controls.inText(log, 'log')).toContainEqual({ text: CORRELATION, form: 'utf-8', where: 'log' });
    expect(controls.inText(spans, 'traces').map(({ text }) => text)).toContain('command RegisterPerson');
    expect(controls.inText(told.join('\n'), 'told').map(({ text }) => text)).toContain('/api/people/:personId');
    writeFileSync(join(services.folder, 'kafka', 'planted'), Buffer.from(`x${CANARY.name}`).toString('base64'));
    expect(search.inFolder(services.folder)).toMatchObject([{ text: MARKS[0], form: 'base64 of utf-8' }]);
  }, 120_000);
});
