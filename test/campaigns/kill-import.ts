import { rmSync } from 'node:fs';
import { type Ledger, LedgerDesk, StoryRunner } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import { Random } from '../../deploy/sample/random.js';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';
import { SAMPLE_FILES, sampleStory, storyNote } from '../support/sample-story.js';
import { storyFaults } from '../support/story-faults.js';
import { killPlan, PhaseLengths } from './kill-plan.js';
import { headOf, openLedger } from './run-story.js';
import { StoryProcess } from './story-process.js';

export interface KillOptions {
  readonly cycles: number;
  readonly months: number;
  readonly seed: string;
}

/** Kills, goes on, and examines. Sets the exit code 1 when anything was lost or doubled. */
export async function killImport({ cycles, months, seed }: KillOptions): Promise<void> {
  const { steps } = sampleStory(months);
  console.log(`kill-import: ${cycles} kills in ${months} months (${steps.length} steps), seed ${seed}`);
  const dataFolder = newDataFolder();
  try {
    const { kills, faults } = await killAndResume(dataFolder, { cycles, months, seed });
    faults.push(...(await examine(dataFolder, months)));
    for (const fault of faults) console.error(`FAULT ${fault}`);
    const where = Array.from(kills, ([what, count]) => `${count} in ${what}`).join(', ');
    console.log(
      `kill-import: ${cycles} kills (${where}), ${faults.length} faults: ` +
        (faults.length === 0 ? 'nothing lost, nothing doubled, verify clean.' : 'FAILED.'),
    );
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    removeDataFolder(dataFolder);
  }
}

/** Runs the story until it is through and every kill was struck; counts the kills by what they struck. */
async function killAndResume(dataFolder: string, { cycles, months, seed }: KillOptions) {
  const { steps } = sampleStory(months);
  const plan = killPlan(new Random(`kill ${seed}`), cycles, steps.length);
  const lengths = new PhaseLengths();
  const kills = new Map<string, number>();
  const faults: string[] = [];
  let acknowledged = -1n;
  for (let struck = 0; ; ) {
    const run = await new StoryProcess(steps, plan[struck], lengths).run(dataFolder, months);
    if (run.openedAt >= 0n && run.openedAt < acknowledged) {
      faults.push(`opened at ${run.openedAt} although ${acknowledged} was acknowledged`);
    }
    if (run.acknowledged > acknowledged) acknowledged = run.acknowledged;
    if (run.end === 'through') {
      if (struck === cycles) return { kills, faults };
      // The story ended before its last kills struck: once more from the beginning, which repeats every step.
      rmSync(storyNote(dataFolder), { force: true });
      continue;
    }
    struck += 1;
    const what = run.phase === 'opening' ? 'opening' : `${steps[run.step]?.do ?? ''}/${run.phase}`;
    kills.set(what, (kills.get(what) ?? 0) + 1);
    console.log(`kill ${struck} of ${cycles}: step ${run.step + 1} of ${steps.length}, ${what}`);
  }
}

/** Opens what is left and holds it against the story; then tells the whole story again, which must change nothing. */
async function examine(dataFolder: string, months: number): Promise<string[]> {
  const story = sampleStory(months);
  const ledger = await openLedger(dataFolder, story.area);
  try {
    await ledger.settled();
    const faults = await storyFaults(ledger, story);
    const before = await headOf(ledger);
    await new StoryRunner(new LedgerDesk(ledger), SAMPLE_FILES).run(story.steps, 0, () => undefined);
    for (const what of await writtenSince(ledger, before)) faults.push(`telling the story again wrote ${what}`);
    return faults;
  } finally {
    await ledger.close();
  }
}

/** What a ledger writes of itself when its clock says so, whatever it is told: checkpoints, and alerts of its control. */
const BY_THE_CLOCK = /^(checkpoint|alert)-/;

async function writtenSince(ledger: Ledger, position: string): Promise<string[]> {
  const written: string[] = [];
  const options = { after: BigInt(position), live: false, maxBatch: 500 };
  for await (const batch of ledger.get(LogReader).batches(options)) {
    for (const { type, stream } of batch) {
      if (!BY_THE_CLOCK.test(stream)) written.push(`${type} to ${stream}`);
      else console.log(`by the clock: ${type} to ${stream}`);
    }
  }
  return written;
}
