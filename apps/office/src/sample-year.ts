import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ledger, LedgerDesk, repositoryFolder, StoryRunner } from '@provident/assembly';
import { monthFrom } from '@provident/kernel';
import { contributionTerms, PolicyInForce } from '@provident/policy';
import { SingleBar } from 'cli-progress';
import { readStory, type Story } from '../../../deploy/sample/story.js';

/** Brings the sample year in, step by step, going on where an earlier start was cut short. */
export async function runSampleYear(ledger: Ledger): Promise<Story> {
  const folder = join(repositoryFolder(), 'deploy', 'sample', 'files');
  const story = readStory(folder);
  const note = join(ledger.config.dataFolder, 'sample-year.json');
  const done = stepsDone(note);
  const left = story.steps.slice(done);
  if (left.length === 0) {
    console.log(`The sample year ${story.year} of ${story.areaName} is in already; going on with it.\n`);
    return story;
  }
  console.log(
    `Sample pooling area: ${story.areaName} (${story.area}), ${story.year}: ${story.employers} employers, ${story.people} people.\n` +
      `${parametersText(ledger, story)}\n` +
      'Names and numbers of people and employers are invented.',
  );
  const bar = new SingleBar({ format: '{bar} {value}/{total} {step}', hideCursor: true });
  bar.start(story.steps.length, done, { step: '' });
  await new StoryRunner(new LedgerDesk(ledger), folder).run(story.steps, done, (step, count) => {
    writeFileSync(note, JSON.stringify({ steps: count }));
    bar.update(count, { step: `${step.on} ${step.do}` });
  });
  bar.stop();
  return story;
}

/** The published parameters that the year is assessed by, each with its document and how well it is known. */
function parametersText(ledger: Ledger, { area, year }: Story): string {
  const { book } = ledger.get(PolicyInForce);
  const lines = new Set<string>();
  for (let monthOfYear = 1; monthOfYear <= 12; monthOfYear += 1) {
    const month = monthFrom(year, monthOfYear);
    for (const each of contributionTerms(book, { area, month, riskClass: 1 }).parameters) {
      lines.add(`  ${each.id} from ${each.from}: ${each.value} ${each.legalBasis} [${each.confidence}]`);
    }
  }
  return ['Assessed by (libs/policy/data/cn has the sources):', ...[...lines].sort()].join('\n');
}

function stepsDone(note: string): number {
  try {
    return (JSON.parse(readFileSync(note, 'utf8')) as { steps: number }).steps;
  } catch {
    return 0;
  }
}
