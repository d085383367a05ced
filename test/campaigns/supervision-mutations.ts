import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missed, MUTATORS } from '@provident/supervision/testing/mutation';
import { Specimen } from '@provident/supervision/testing/specimen';

/** Changes a sealed archive in every way, each change by a seed, and examines it: all are found where they are. */
export async function supervisionMutations({ changes, seed }: { changes: number; seed: number }): Promise<void> {
  console.log(`supervision-mutations: ${changes} changes, seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), 'provident-mutations-'));
  const mutators = Object.keys(MUTATORS);
  const failures: string[] = [];
  try {
    const specimen = await Specimen.make(folder);
    for (let run = 0; run < changes; run += 1) {
      const failure = await missed(specimen, mutators[run % mutators.length] ?? '', seed + run);
      if (failure === undefined) continue;
      failures.push(failure);
      console.error(failure);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (failures.length > 0) throw new Error(`${failures.length} of ${changes} changes were missed.`);
  console.log(`supervision-mutations: ${changes} changes, all found and named, none missed.`);
}
