import { BoundedMap } from './bounded-map.js';

test('what is used stays, what is not is forgotten', () => {
  const map = new BoundedMap<number, string>(100);
  map.set(0, 'used');
  for (let key = 1; key < 1_000; key += 1) {
    map.set(key, 'once');
    expect(map.get(0)).toBe('used');
  }
  expect(map.get(1)).toBeUndefined();
  expect(map.get(999)).toBe('once');
});

test('the weights of all values stay within the limit', () => {
  const map = new BoundedMap<number, string>(100, (text) => text.length);
  for (let key = 0; key < 50; key += 1) map.set(key, 'x'.repeat(20));
  const kept = Array.from({ length: 50 }, (_, key) => map.get(key)).filter((text) => text !== undefined);
  expect(kept.length).toBeLessThanOrEqual(5);
  map.clear();
  expect(map.get(49)).toBeUndefined();
});
