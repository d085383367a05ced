import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromFile, Parser } from '@asyncapi/parser';
import { repositoryFolder, STREAM_CATEGORIES } from '@provident/assembly';
import { encodeEvent } from '@provident/event-bus/cloud-event';
import { Topics } from '@provident/event-bus/topics';
import { deterministicId } from '@provident/kernel';
import { parse } from 'yaml';
import { ASYNCAPI_FILE, EVENT_HEADERS } from '../../deploy/contracts/asyncapi.js';
import { contractsFolder, METADATA_FILE } from '../../deploy/contracts/contracts.js';
import { releasedEvents } from '../../deploy/contracts/event-contract.js';
import type { JsonSchema } from '../../deploy/contracts/json-schema.js';
import { HttpDesk } from '../support/http-desk.js';
import { MemoryLedger } from '../support/memory-ledger.js';
import { validator } from './validator.js';

const folder = contractsFolder(repositoryFolder());

describe('the AsyncAPI document', () => {
  const parsed = () => fromFile(new Parser(), join(folder, ASYNCAPI_FILE)).parse();

  it('is valid AsyncAPI 3, and every payload is found and valid', async () => {
    const { document, diagnostics } = await parsed();
    // Severity 0 is an error, 1 a warning.
    expect(
      diagnostics.filter(({ severity }) => [0, 1].includes(severity)).map(({ message, path }) => [message, path]),
    ).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    for (const message of document?.allMessages() ?? []) {
      expect(message.payload()?.json()).toMatchObject({ type: 'object', title: message.name() });
    }
  });

  it('has a channel for the topic of every category, and a message for every contract', async () => {
    const { document } = await parsed();
    const released = releasedEvents(folder);
    const topics = new Topics('310000', [...new Set(released.map(({ category }) => category))]);
    const addresses = document?.allChannels().map((channel) => channel.address()?.replace('{area}', '310000'));
    expect(addresses?.sort()).toEqual(topics.events.filter((topic) => topic !== topics.other).sort());
    for (const { category, type, version } of released) {
      const channel = document
        ?.allChannels()
        .all()
        .find((each) => each.id() === category);
      const ids = channel?.messages().map((message) => message.id());
      expect(ids).toContain(`${type}.v${version}`);
    }
  });

  it('has the categories that the services give topics of their own', () => {
    const released = new Set(releasedEvents(folder).map(({ category }) => category));
    expect([...released].sort()).toEqual([...STREAM_CATEGORIES].sort());
  });

  it('names the headers that the event bus writes, in their form', () => {
    const ledger = new MemoryLedger();
    const metadata = { ...ledger.context('2025-01-31' as never), schemaVersion: 1 };
    const { headers, key } = encodeEvent(
      {
        id: deterministicId('event', 'a'),
        stream: `insured-${deterministicId('person', 'b')}`,
        revision: 3n,
        position: 12_345n,
        recordedAt: new Date('2025-01-31T01:02:03Z'),
        type: 'PersonRegistered',
        data: {},
        metadata,
      },
      metadata.area,
    );
    expect(Object.keys(headers).sort()).toEqual(Object.keys(EVENT_HEADERS.properties).sort());
    expect(Object.keys(headers).sort()).toEqual([...EVENT_HEADERS.required].sort());
    for (const [name, value] of Object.entries(headers)) {
      // Formats are for people; times are checked by the parser of the language.
      const { format, contentMediaType, ...schema } = EVENT_HEADERS.properties[name as 'ce_time'] as JsonSchema;
      expect({ name, value, fits: validator(schema)(value) }).toEqual({ name, value, fits: true });
      if (format === 'date-time') expect(new Date(value).toISOString()).toBe(value);
      if (contentMediaType === undefined) continue;
      const promised = JSON.parse(readFileSync(join(folder, METADATA_FILE), 'utf8')) as JsonSchema;
      expect(validator(promised)(JSON.parse(value))).toBe(true);
    }
    expect(key).toBe(headers['ce_subject']);
  });
});

describe('the OpenAPI documents', () => {
  const files = readdirSync(join(folder, 'openapi'));
  const read = (file: string) => parse(readFileSync(join(folder, 'openapi', file), 'utf8')) as Record<string, unknown>;

  it.each(files)('%s is valid OpenAPI 3.1', async (file) => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const checker = new Validator();
    expect(await checker.validate(read(file))).toEqual({ valid: true });
    expect(checker.version).toBe('3.1');
  });

  it('are one for each process with an interface over HTTP; together they offer what the office does', () => {
    expect(files.sort()).toEqual(['counter.yaml', 'enquiry.yaml', 'office.yaml', 'supervisor.yaml']);
    const routes = (file: string) => Object.keys(read(file)['paths'] as object);
    const services = files.filter((file) => file !== 'office.yaml').flatMap((file) => routes(file));
    expect(routes('office.yaml').filter((route) => !services.includes(route))).toEqual([]);
  });

  it('a broken document would be found', async () => {
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    expect(await new Validator().validate({ ...read('office.yaml'), paths: { 'no-slash': 7 } })).toMatchObject({
      valid: false,
    });
  });

  it('of the office is what a running office serves', async () => {
    const desk = await HttpDesk.open();
    try {
      const served = (await desk.get('/api-json')).body as unknown as Record<string, unknown>;
      const committed = read('office.yaml');
      expect(committed['paths']).toEqual(served['paths']);
      expect(committed['components']).toEqual(served['components']);
      expect(committed['openapi']).toBe(served['openapi']);
    } finally {
      await desk.office.close();
    }
  });
});
