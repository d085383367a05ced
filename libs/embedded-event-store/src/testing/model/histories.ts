import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { AllFollower, StreamFollower } from './followers.js';
import { playGroupStep } from './group-steps.js';
import { read, readAll } from './read-steps.js';
import { history, type Step } from './steps.js';
import { Trial } from './trial.js';
import { append, remove, setMetadata } from './write-steps.js';

export interface HistoriesPlan {
  readonly runs: number;
  readonly seed: number;
  /** Called after each history that was as the model says. */
  readonly onProgress?: (histories: number, steps: ReadonlyMap<string, number>) => void;
}

/**
 * Plays random histories against a real server on disk, through the official client, and holds every answer against the
 * model. @returns how many steps of each kind were played
 * @throws Error with the smallest history found that is not as the model says, and the seed that repeats it
 */
export async function historiesHold({ runs, seed, onProgress }: HistoriesPlan): Promise<ReadonlyMap<string, number>> {
  const played = new Map<string, number>();
  let histories = 0;
  const property = fc.asyncProperty(history, async (steps) => {
    await playHistory(steps);
    for (const { kind } of steps) played.set(kind, (played.get(kind) ?? 0) + 1);
    histories += 1;
    onProgress?.(histories, played);
  });
  await fc.assert(property, { numRuns: runs, seed });
  return played;
}

async function playHistory(steps: readonly Step[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'provident-event-store-'));
  try {
    const trial = await Trial.open(dir);
    try {
      for (const step of steps) {
        await play(trial, step);
        await trial.settle();
      }
      await trial.finish();
    } finally {
      await trial.free();
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function play(trial: Trial, step: Step): Promise<void> {
  switch (step.kind) {
    case 'append':
      return append(trial, step);
    case 'delete':
    case 'tombstone':
      return remove(trial, step);
    case 'metadata':
      return setMetadata(trial, step);
    case 'read':
      return read(trial, step);
    case 'readAll':
      return readAll(trial, step);
    case 'subscribe': {
      const { last } = trial.log.stream(step.stream);
      const next = step.from === 'start' ? 0 : (step.from === 'end' ? last : step.from) + 1;
      return follow(trial, new StreamFollower(trial.log, step.stream, next));
    }
    case 'subscribeToAll': {
      await trial.compareLog();
      const { length } = trial.log.entries;
      const next = step.from === 'start' ? 0 : step.from === 'end' ? length : Math.floor((length * step.from) / 1_000);
      return follow(trial, new AllFollower(trial.log, step.isFiltered, next));
    }
    case 'restart':
      return trial.restart();
    default:
      return playGroupStep(trial, step);
  }
}

async function follow(trial: Trial, follower: AllFollower | StreamFollower): Promise<void> {
  trial.followers.push(follower);
  await follower.open(trial.client);
}
