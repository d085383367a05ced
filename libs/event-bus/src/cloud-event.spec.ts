import { businessDate, deterministicId, type EventMetadata, type RecordedEvent } from '@provident/kernel';
import fc from 'fast-check';
import { decodeEvent, encodeEvent, UnreadableMessage } from './cloud-event.js';
import { LIMITS } from './limits.js';

const METADATA: EventMetadata = {
  commandId: deterministicId('command'),
  correlationId: '0af76519-16cd-43dd-8448-eb211c80319c',
  causationId: deterministicId('cause'),
  actor: 'clerk:王芳',
  effectiveDate: businessDate('2025-07-31'),
  schemaVersion: 1,
  area: '310000',
};

const EVENT: RecordedEvent = {
  id: 'b7ad6b71-6920-5331-9f0e-0123456789ab',
  stream: 'account-310198198311197665',
  revision: 41n,
  position: 9_007_199_254_740_993n,
  recordedAt: new Date('2025-08-01T01:02:03.456Z'),
  type: 'ContributionCredited',
  data: { month: '2025-07', accountAmount: '1234.56' },
  metadata: METADATA,
};

const received = (event: RecordedEvent) => {
  const { key, value, headers } = encodeEvent(event, '310000');
  return { key: Buffer.from(key), value, headers: { ...headers } as Record<string, Buffer | string | string[]> };
};

/** JSON that survives its own text: -0 does not. */
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const anyPosition = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });
const plain = { noNullPrototype: true };
const anyMetadata = fc.oneof(
  fc.constant(METADATA),
  fc.string().map((reviewer) => ({ ...METADATA, reviewer })),
  // Other programs' events.
  fc.constant(undefined),
  json,
) as fc.Arbitrary<EventMetadata>;
const anyEvent: fc.Arbitrary<RecordedEvent> = fc.record(
  {
    id: fc.uuid(),
    stream: fc.string({ minLength: 1, unit: 'grapheme' }),
    revision: anyPosition,
    position: anyPosition,
    recordedAt: fc.date({ noInvalidDate: true }),
    type: fc.string({ minLength: 1, unit: 'grapheme' }),
    data: fc.oneof(
      fc.dictionary(fc.string(), json, plain),
      fc.uint8Array().map((bytes) => Uint8Array.from(bytes)),
    ),
    metadata: anyMetadata,
  },
  plain,
);

describe('an event as a CloudEvent in binary mode', () => {
  it('has the attributes of the standard and our extensions as headers, its data as value', () => {
    const { key, value, headers } = encodeEvent(EVENT, '310000');
    expect(key).toBe(EVENT.stream);
    expect(JSON.parse(value.toString())).toEqual(EVENT.data);
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: EVENT.id,
      ce_type: 'ContributionCredited',
      ce_source: '/provident/310000',
      ce_time: '2025-08-01T01:02:03.456Z',
      ce_subject: EVENT.stream,
      'content-type': 'application/json',
      ce_revision: '41',
      ce_position: '9007199254740993',
      ce_schemaversion: '1',
      ce_metadata: JSON.stringify(METADATA),
      ce_traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169205331-01',
    });
    for (const name of Object.keys(headers)) expect(name).toMatch(/^(ce_[a-z0-9]+|content-type)$/);
  });

  it('gives back exactly the event that was encoded, whatever is in it', () => {
    fc.assert(fc.property(anyEvent, (event) => expect(decodeEvent(received(event))).toStrictEqual(event)));
  });

  it('counts its bytes', () => {
    fc.assert(
      fc.property(anyEvent, (event) => {
        const { key, value, headers, size } = encodeEvent(event, '310000');
        const texts = [key, ...Object.entries(headers).flat()];
        expect(size).toBe(texts.reduce((sum, text) => sum + Buffer.byteLength(text), value.length));
      }),
    );
  });

  it('reads texts and bytes of headers alike', () => {
    const message = received(EVENT);
    for (const [name, text] of Object.entries(message.headers)) message.headers[name] = Buffer.from(text as string);
    expect(decodeEvent(message)).toEqual(EVENT);
  });
});

describe('a message from which no event can be read', () => {
  const message = received(EVENT);
  const without = (name: string) => ({
    ...message,
    headers: Object.fromEntries(Object.entries(message.headers).filter(([each]) => each !== name)),
  });
  const having = (name: string, value: string | string[]) => ({
    ...message,
    headers: { ...message.headers, [name]: value },
  });

  it.each([
    ['no value', { ...message, value: null }, 'no value'],
    ['no headers', { key: message.key, value: message.value }, 'no header ce_specversion'],
    ['garbage as value', { ...message, value: Buffer.from('{"month": ') }, 'value is no JSON'],
    ['another version of the standard', having('ce_specversion', '0.3'), 'ce_specversion is "0.3"'],
    ['no id', without('ce_id'), 'no header ce_id'],
    ['an empty type', having('ce_type', ''), 'no header ce_type'],
    ['a header twice', having('ce_id', ['a', 'b']), 'comes 2 times'],
    ['a position that is no number', having('ce_position', '12.5'), 'ce_position is "12.5"'],
    ['a position below zero', having('ce_position', '-1'), 'ce_position is "-1"'],
    ['a position beyond bigint', having('ce_position', '9223372036854775808'), 'expected a whole number'],
    ['a time that is none', having('ce_time', 'yesterday'), 'ce_time is "yesterday"'],
    ['metadata that is no JSON', having('ce_metadata', '{'), 'ce_metadata is no JSON'],
    ['two schema versions', having('ce_schemaversion', '2'), 'disagree'],
    ['another content', having('content-type', 'text/plain'), 'content-type is "text/plain"'],
    ["another stream's key", { ...message, key: Buffer.from('account-1') }, 'key is not its ce_subject'],
    ['too much', { ...message, value: Buffer.alloc(LIMITS.messageBytes) }, 'a message may hold'],
  ])('has %s', (_what, given, reason) => {
    expect(() => decodeEvent(given)).toThrow(UnreadableMessage);
    expect(() => decodeEvent(given)).toThrow(reason);
  });
});
