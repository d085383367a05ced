import { readdirSync } from 'node:fs';
import { Dice } from '@provident/embedded-event-store/testing/dice';
import { type TestFolder, testFolder } from '../testing/archived-log.js';
import { changeBytes } from '../testing/byte-mutations.js';
import { missed, MUTATORS } from '../testing/mutation.js';
import { Specimen } from '../testing/specimen.js';
import { examineArchive } from './examine-archive.js';
import { MANIFEST_FILE } from './manifest.js';

let folder: TestFolder;
let specimen: Specimen;
beforeAll(async () => {
  folder = testFolder();
  specimen = await Specimen.make(folder.path('.'));
});
afterAll(() => folder.remove());

/** Another one every day; a failure names its own seed. */
const seed = Math.floor(Date.now() / 86_400_000) * 1_000;
const CHANGES_EACH = 20;

describe('an examination', () => {
  it('finds nothing in a sound archive, and tells how much of it was signed', async () => {
    const { openCheckpoint, checkpoints } = specimen;
    const found = await examineArchive({ folder: specimen.copy('copy'), openCheckpoint, checkpoints });
    expect(found).toMatchObject({ flaws: [], count: 0, events: 300, signedSize: 300 });
    expect(found.tree.root).toBe(specimen.manifest.tree.root);
    expect(readdirSync(specimen.copy('copy'))).toContain(MANIFEST_FILE);
  });

  it.each(Object.keys(MUTATORS))('finds every change and names its place: %s', async (mutator) => {
    const failures: string[] = [];
    for (let run = 0; run < CHANGES_EACH; run += 1) {
      const failure = await missed(specimen, mutator, seed + run);
      if (failure !== undefined) failures.push(failure);
    }
    expect(failures).toEqual([]);
  });

  it('finds the same in threads of its own', async () => {
    const { openCheckpoint, checkpoints } = specimen;
    const examined = (path: string, threads: number) =>
      examineArchive({ folder: path, openCheckpoint, checkpoints, threads });
    const sound = specimen.copy('copy');
    expect(await examined(sound, 2)).toEqual(await examined(sound, 0));
    for (let run = 0; run < CHANGES_EACH; run += 1) {
      const change = changeBytes(specimen, new Dice(seed + run));
      if (change === undefined) continue;
      const changed = specimen.put(change.files);
      const [apart, here] = [await examined(changed, 2), await examined(changed, 0)];
      expect({ what: change.what, found: apart }).toEqual({ what: change.what, found: here });
    }
  });

  it('counts no checkpoint that nobody known signed', async () => {
    const [first = '', ...rest] = specimen.checkpoints;
    const { openCheckpoint } = specimen;
    const checkpoints = [first.replace('\n64\n', '\n65\n'), ...rest];
    const found = await examineArchive({ folder: specimen.copy('copy'), openCheckpoint, checkpoints });
    expect(found.flaws).toMatchObject([
      { kind: 'checkpoint', text: expect.stringContaining('None of the keys given signed it') },
    ]);
  });
});
