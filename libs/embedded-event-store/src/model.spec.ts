import { historiesHold } from './testing/model/histories.js';

/** How many random histories are played; `npm run campaign -- eventstore-model` plays many more. */
const runs = Number(process.env['MODEL_RUNS'] ?? 60);

test('any history of writes, reads, subscriptions, groups and restarts is what the model says', async () => {
  const steps = await historiesHold({ runs, seed: Number(process.env['MODEL_SEED'] ?? Date.now() % 1_000_000) });
  expect(steps.get('append') ?? 0).toBeGreaterThan(runs / 2);
}, 3_600_000);
