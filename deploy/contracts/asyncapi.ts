import { Topics } from '@provident/event-bus/topics';
import { stringify } from 'yaml';
import { contractPath, type EventContract } from './event-contract.js';
import type { JsonSchema } from './json-schema.js';

export const ASYNCAPI_FILE = 'asyncapi.yaml';

/** Stands for the pooling area in a topic's name. */
const AREA = '{area}';

const UUID = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';
const WHOLE_NUMBER = '^[0-9]{1,19}$';

/** The headers of every event on Kafka, as `encodeEvent` of the event bus writes them: CloudEvents 1.0 in binary mode. */
export const EVENT_HEADERS = {
  type: 'object',
  required: [
    ...['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_time', 'ce_subject', 'content-type'],
    ...['ce_revision', 'ce_position', 'ce_schemaversion', 'ce_metadata', 'ce_traceparent'],
  ],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { type: 'string', pattern: UUID, description: 'Id of the event. A message with a known id is a repeat.' },
    ce_type: { type: 'string', description: 'What happened, in the past tense.' },
    ce_source: { type: 'string', pattern: '^/provident/[0-9]{6}$', description: 'The pooling area (统筹区).' },
    ce_time: { type: 'string', format: 'date-time', description: 'When the log took the event.' },
    ce_subject: { type: 'string', description: "The event's stream; also the message's key." },
    'content-type': { type: 'string', const: 'application/json' },
    ce_revision: { type: 'string', pattern: WHOLE_NUMBER, description: 'Place in the stream, from 0.' },
    ce_position: {
      type: 'string',
      pattern: WHOLE_NUMBER,
      description: 'Place in the log. In one partition it only grows, but for repeats: pass over what is not greater.',
    },
    ce_schemaversion: { type: 'string', pattern: '^[1-9][0-9]*$', description: 'Version of the schema of the data.' },
    ce_metadata: {
      type: 'string',
      contentMediaType: 'application/json',
      description: 'Who acted, for what, and when it counts: JSON of the form of event-metadata.json.',
    },
    ce_traceparent: {
      type: 'string',
      pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-01$',
      description: 'W3C trace context: the trace is the business conversation (correlationId), the span is the event.',
    },
  },
} as const satisfies JsonSchema;

/** The AsyncAPI 3.0 document of the topics: a topic per stream category, a message per event type and schema version. */
export function asyncApi(events: readonly EventContract[]): string {
  const byCategory = Map.groupBy(events, ({ category }) => category);
  const topics = new Topics(AREA, [...byCategory.keys()]);
  const document = {
    asyncapi: '3.0.0',
    info: {
      title: 'Provident events',
      version: '0.1.0',
      description:
        "Every event of the ledger, once it is in the log. Delivered at least once; the order of a stream's events is kept. Events are never changed or deleted: a mistake is corrected by a further event. Topics do not expire.",
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      [...byCategory].map(([category, each]) => [category, channel(topics, category, each)]),
    ),
    operations: Object.fromEntries([...byCategory.keys()].map((category) => [`send-${category}`, sending(category)])),
    components: {
      messages: Object.fromEntries(events.map((event) => [messageName(event), message(event)])),
      messageTraits: { cloudEvent: { headers: EVENT_HEADERS } },
    },
  };
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });
}

function channel(topics: Topics, category: string, events: readonly EventContract[]) {
  return {
    address: topics.of(`${category}-`),
    title: `Events of ${category} streams`,
    parameters: {
      area: { description: 'Pooling area (统筹区), a six-digit administrative division code (GB/T 2260).' },
    },
    messages: Object.fromEntries(
      events.map((event) => [messageName(event), { $ref: `#/components/messages/${messageName(event)}` }]),
    ),
  };
}

function sending(category: string) {
  return {
    action: 'send',
    channel: { $ref: `#/channels/${category}` },
    summary: `The relay sends what ${category} streams record.`,
  };
}

function message(event: EventContract) {
  const { type, version, schema } = event;
  return {
    name: type,
    title: `${type}, schema version ${version}`,
    ...(schema.description === undefined ? {} : { summary: schema.description }),
    contentType: 'application/json',
    traits: [{ $ref: '#/components/messageTraits/cloudEvent' }],
    headers: {
      type: 'object',
      properties: { ce_type: { const: type }, ce_schemaversion: { const: String(version) } },
    },
    payload: { $ref: `./${contractPath(event)}` },
    bindings: { kafka: { key: { type: 'string', description: `The stream, ${event.category}-<id>.` } } },
  };
}

function messageName({ type, version }: EventContract): string {
  return `${type}.v${version}`;
}
