import { Latencies } from './latencies.js';

test('the measurements of a hundred answers, and of none', () => {
  const latencies = new Latencies();
  expect(latencies.measurements()).toEqual([]);
  for (let ms = 100; ms >= 1; ms -= 1) latencies.add(ms);
  const measured = Object.fromEntries(latencies.measurements().map(({ key, value }) => [key, value]));
  expect(measured).toMatchObject({ Mean: 51, Median: 50, Fastest: 1, 'Quintile 1': 20, '99%': 99, Highest: 100 });
});

test('only the newest thousand answers count', () => {
  const latencies = new Latencies();
  latencies.add(5_000);
  for (let count = 0; count < 1_000; count += 1) latencies.add(2);
  expect(latencies.measurements()).toContainEqual({ key: 'Highest', value: 2 });
});
