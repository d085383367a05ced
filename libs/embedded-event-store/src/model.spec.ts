import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { systemEvent } from './engine/event-writer.js';
import { EventStore } from './engine/event-store.js';
import { streamPage } from './engine/pages.js';
import { METADATA_TYPE, metastreamOf } from './engine/system-names.js';
import { openDatabase } from './storage/database.js';
import { StreamModel } from './testing/stream-model.js';

/** How many random histories are played; the full run is MODEL_RUNS=10000. */
const runs = Number(process.env['MODEL_RUNS'] ?? 150);

const streams = ['account-1', 'account-2', '缴费-3'] as const;
const stream = fc.constantFrom(...streams);
const expected = fc.oneof(
  fc.constantFrom('any' as const, 'no_stream' as const, 'stream_exists' as const),
  fc.integer({ min: 0, max: 8 }),
  fc.constant('current' as const),
);
/** Few ids, so that repetitions of all kinds happen. */
const ids = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('append' as const), stream, expected, ids }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), stream }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('metadata' as const), stream, maxCount: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('tombstone' as const), stream }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A store on disk that can be closed and opened again, beside the models of its streams. */
class Trial {
  private opened;
  private store;
  private readonly models = new Map<string, StreamModel>(streams.map((name) => [name, new StreamModel()]));

  constructor(private readonly dir: string) {
    this.opened = openDatabase(dir);
    this.store = new EventStore(this.opened, Date.now);
  }

  async play(action: Step): Promise<void> {
    if (action.kind === 'restart') {
      this.close();
      this.opened = openDatabase(this.dir);
      this.store = new EventStore(this.opened, Date.now);
      return;
    }
    const { commands } = this.store;
    const model = this.model(action.stream);
    switch (action.kind) {
      case 'append': {
        const expectation = action.expected === 'current' ? Math.max(0, model.last) : action.expected;
        const events = action.ids.map((id) => ({ ...systemEvent('Happened', '{}'), id: idText(id) }));
        const outcome = await commands.append(action.stream, expectation, events);
        const wanted = model.append(expectation, action.ids.map(idText));
        if (typeof wanted === 'number') expect(outcome).toMatchObject({ kind: 'done', last: wanted });
        else expect(outcome.kind).toBe(wanted === 'wrong' ? 'wrong-revision' : 'deleted');
        return;
      }
      case 'delete': {
        const outcome = await commands.deleteStream(action.stream, 'any');
        expect(outcome.kind).toBe({ done: 'done', wrong: 'wrong-revision', deleted: 'deleted' }[model.delete()]);
        return;
      }
      case 'metadata': {
        if (model.isTombstoned) return;
        const event = systemEvent(METADATA_TYPE, JSON.stringify({ $maxCount: action.maxCount }));
        await commands.append(metastreamOf(action.stream), 'any', [event]);
        model.setMaxCount(action.maxCount);
        return;
      }
      case 'tombstone': {
        const outcome = await commands.tombstone(action.stream, 'any');
        expect(outcome.kind).toBe(model.isTombstoned ? 'deleted' : 'done');
        model.isTombstoned = true;
        return;
      }
    }
  }

  compare(): void {
    for (const [name, model] of this.models) expect([name, this.read(name)]).toEqual([name, model.read()]);
    const positions = this.store.log.allPage('forwards', 0, 10_000, Infinity).map(({ position }) => position);
    expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
  }

  close(): void {
    this.opened.close();
  }

  private model(name: string): StreamModel {
    const model = this.models.get(name);
    if (!model) throw new Error(`There is no model of ${name}.`);
    return model;
  }

  private read(name: string): ReturnType<StreamModel['read']> {
    const { catalog } = this.store;
    if (catalog.isTombstoned(name)) return 'deleted';
    if (catalog.stateOf(name).last < 0 || catalog.metadataOf(name).isSoftDeleted) return 'missing';
    return streamPage(this.store, name, 'forwards', 0, 1_000).map(({ revision }) => revision);
  }
}

const idText = (id: number): string => `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;

test('any history of writes, deletes, metadata and restarts is what the model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
      const trial = new Trial(dir);
      try {
        for (const action of steps) {
          await trial.play(action);
          trial.compare();
        }
      } finally {
        trial.close();
        rmSync(dir, { recursive: true });
      }
    }),
    { numRuns: runs },
  );
}, 3_600_000);
