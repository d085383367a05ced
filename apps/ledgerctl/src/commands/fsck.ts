import { readFile } from 'node:fs/promises';
import { commandNeeds } from '@provident/access/guard/command-permissions';
import type { Ledger } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import {
  CheckpointReader,
  checkpointsSignedBy,
  examineArchive,
  type Examination,
  examineLog,
  type Flaw,
  TreeStore,
} from '@provident/supervision';
import { Command } from 'commander';
import { jsonOption, keyFileOption, readKeyFiles } from '../options.js';
import { printJson } from '../print-json.js';
import { Progress } from '../progress.js';
import { tellRefusal } from '../tell-refusal.js';
import { withLedger } from '../with-ledger.js';

interface FsckOptions {
  readonly key?: readonly string[];
  readonly checkpoint?: readonly string[];
  readonly json?: boolean;
}

const several = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

/** `ledgerctl fsck ARCHIVE|live` */
export function fsckCommand(): Command {
  return commandNeeds(new Command('fsck'), 'supervision.read')
    .description(
      'find any edit, deletion, reordering, insertion or cut of an archive or of the live log, and name its place',
    )
    .argument('<what>', '`live`, or the folder of an archive or mirror')
    .addOption(keyFileOption())
    .option('--checkpoint <file>', 'a signed checkpoint to hold it against; may be given several times', several)
    .addOption(jsonOption())
    .action((what: string, options: FsckOptions) =>
      what === 'live'
        ? withLedger(options, (ledger) => tell(options, (progress) => live(ledger, options, progress)))
        : tell(options, (progress) => archive(what, options, progress)).catch((error: unknown) =>
            tellRefusal(error, options),
          ),
    );
}

async function archive(folder: string, options: FsckOptions, progress: Progress): Promise<Examination> {
  const keys = await readKeyFiles(options.key);
  const openCheckpoint = keys.length === 0 ? undefined : checkpointsSignedBy(keys);
  const checkpoints = await notesOf(options);
  return examineArchive({ folder, openCheckpoint, checkpoints, onProgress: (events) => progress.at(events) });
}

/** Without keys from outside, the log's own checkpoints are held against the keys that it names itself. */
async function live(ledger: Ledger, options: FsckOptions, progress: Progress): Promise<Examination> {
  await ledger.settled();
  await ledger.treeSettled();
  const reader = ledger.get(CheckpointReader);
  const given = await readKeyFiles(options.key);
  const keys = given.length > 0 ? given : (await reader.signingKeys()).map(({ key }) => key);
  const published = (await reader.checkpoints()).map(({ note }) => note);
  return examineLog({
    ...{ log: ledger.get(LogReader), tree: ledger.get(TreeStore), openCheckpoint: checkpointsSignedBy(keys) },
    checkpoints: [...published, ...(await notesOf(options))],
    onProgress: (events) => progress.at(events),
  });
}

function notesOf({ checkpoint = [] }: FsckOptions): Promise<string[]> {
  return Promise.all(checkpoint.map((file) => readFile(file, 'utf8')));
}

async function tell(options: FsckOptions, work: (progress: Progress) => Promise<Examination>): Promise<void> {
  const progress = new Progress('events', options.json === true);
  const examination = await work(progress);
  progress.end();
  if (examination.count > 0) process.exitCode = 1;
  if (options.json === true) printJson(examination);
  else console.log(examinationText(examination));
}

function examinationText({ flaws, count, events, tree, signedSize }: Examination): string {
  const lines = flaws.map(flawText);
  if (count > flaws.length) lines.push(`… and ${count - flaws.length} more`);
  lines.push(`${events} events, root ${tree.root} over ${tree.size} leaves`);
  lines.push(signedSize > 0 ? `signed checkpoints cover ${signedSize} leaves` : 'no signed checkpoint was verified');
  lines.push(count === 0 ? 'Everything is as it was sealed.' : `${count} flaws.`);
  return lines.join('\n');
}

function flawText({ kind, where, position, text }: Flaw): string {
  const to = position === undefined || position.to === position.from ? '' : ` to ${position.to}`;
  return `${kind}: ${where}${position === undefined ? '' : ` position ${position.from}${to}`}: ${text}`;
}
