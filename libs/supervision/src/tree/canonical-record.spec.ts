import { hash } from 'node:crypto';
import type { RecordedEvent } from '@provident/kernel';
import { canonicalRecord } from './canonical-record.js';
import { leafHash, nodeHash } from './merkle-hash.js';

const event = {
  id: '0b0f5b8e-5d0e-5c4e-8d5f-0e1d2c3b4a59',
  stream: 'account-1',
  revision: 9_007_199_254_740_993n,
  position: 77n,
  recordedAt: new Date('2026-07-31T16:00:00.123Z'),
  type: 'ContributionCredited',
  data: { month: '2026-07', amount: '12.30', '€': 1, b: [true, null, 1e21, -0], '\u{1f600}': '', '\ufb33': '' },
  metadata: { commandId: 'c', area: '310000' },
} as unknown as RecordedEvent;

describe('the canonical record', () => {
  it('has these members in this order, whatever the order in the store', () => {
    expect(canonicalRecord(event)).toBe(
      '{"data":{"amount":"12.30","b":[true,null,1e+21,0],"month":"2026-07","€":1,"\u{1f600}":"","\ufb33":""},' +
        '"id":"0b0f5b8e-5d0e-5c4e-8d5f-0e1d2c3b4a59","metadata":{"area":"310000","commandId":"c"},' +
        '"recordedAt":"2026-07-31T16:00:00.123Z","revision":"9007199254740993","stream":"account-1",' +
        '"type":"ContributionCredited"}',
    );
    const turned = { ...event, data: Object.fromEntries(Object.entries(event.data).reverse()) };
    expect(canonicalRecord(turned)).toBe(canonicalRecord(event));
  });

  it('is the same in another cluster, where the log position is another', () => {
    expect(canonicalRecord({ ...event, position: 78n })).toBe(canonicalRecord(event));
  });

  it.each([
    ['stream', { stream: 'account-2' }],
    ['revision', { revision: 9_007_199_254_740_992n }],
    ['id', { id: '0b0f5b8e-5d0e-5c4e-8d5f-0e1d2c3b4a58' }],
    ['type', { type: 'Other' }],
    ['data', { data: {} }],
    ['metadata', { metadata: undefined }],
    ['recordedAt', { recordedAt: new Date('2026-07-31T16:00:00.124Z') }],
  ])('changes with the %s', (_field, change) => {
    expect(canonicalRecord({ ...event, ...change } as RecordedEvent)).not.toBe(canonicalRecord(event));
  });

  it('tells data that is no JSON from a text that says the same', () => {
    const bytes = canonicalRecord({ ...event, data: Uint8Array.of(1, 2, 3) });
    expect(bytes).toContain('"dataBase64":"AQID"');
    expect(bytes).not.toContain('"data":');
  });

  it.each([{ name: '\ud800' }, { amount: Number.POSITIVE_INFINITY }, { '\udc00': 1 }])(
    'has a record of what RFC 8785 cannot hold: %j',
    (data) => {
      const record = canonicalRecord({ ...event, data });
      expect(record).toContain('dataText');
      expect(record.isWellFormed()).toBe(true);
      expect(record).not.toBe(canonicalRecord({ ...event, data: { name: '\ud801', amount: null } }));
    },
  );
});

describe('the hashes of RFC 6962', () => {
  it('keep leaves and nodes apart by a first byte', () => {
    const [left, right] = [leafHash(''), leafHash('L123456')];
    // Published with RFC 6962's reference code.
    expect(left.toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(right.toString('hex')).toBe('395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56');
    expect(leafHash(Buffer.from('L123456'))).toEqual(right);
    expect(nodeHash(left, right)).toEqual(hash('sha256', Buffer.concat([Buffer.of(1), left, right]), 'buffer'));
  });
});
