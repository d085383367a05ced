import { canonicalJson } from '@provident/kernel';
import { versionIn, versionOf } from './event-types.js';

describe('the schema version of an archived event', () => {
  it.each([
    [{ schemaVersion: 1 }],
    [{ actor: 'a', schemaVersion: 12, zone: 'z' }],
    [{ actor: '"schemaVersion":3}', schemaVersion: 2 }],
    [{ deep: { schemaVersion: 7 } }],
    [{ deep: [{ schemaVersion: 7 }], schemaVersion: 2 }],
    [{ 'x"schemaVersion': 4 }],
    [{ schemaVersion: 1.5 }],
    [{ schemaVersion: -1 }],
    [{ schemaVersion: '1' }],
    [{ schemaVersion: 1e21 }],
    [{ schemaVersion: 1_234_567_890 }],
    [{}],
    [null],
    ['a text'],
  ])('is read from its text as from its value: %j', (metadata) => {
    expect(versionIn('json', canonicalJson(metadata))).toBe(versionOf(metadata));
    expect(versionIn('text', JSON.stringify(JSON.stringify(metadata)))).toBe(versionOf(metadata));
  });

  it('is 0 where there is none to read', () => {
    expect(versionIn('json', undefined)).toBe(0);
    expect(versionIn('json', '{"schemaVersion')).toBe(0);
  });
});
