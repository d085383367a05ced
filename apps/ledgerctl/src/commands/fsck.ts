import { commandNeeds } from '@provident/access/guard/command-permissions';
import { examineArchive, type Examination, type Flaw } from '@provident/supervision';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { Progress } from '../progress.js';
import { printJson } from '../print-json.js';
import { tellRefusal } from '../tell-refusal.js';

/** `ledgerctl fsck ARCHIVE` */
export function fsckCommand(): Command {
  return commandNeeds(new Command('fsck'), 'supervision.read')
    .description('examine an archive to the last byte: edits, deletions, reordering, insertions, a tail that was cut')
    .argument('<archive>', 'folder of the archive')
    .addOption(jsonOption())
    .action(async (folder: string, options: { json?: boolean }) => {
      try {
        const progress = new Progress('events', options.json === true);
        const examination = await examineArchive({ folder, onProgress: (events) => progress.at(events) });
        progress.end();
        if (examination.count > 0) process.exitCode = 1;
        if (options.json === true) printJson(examination);
        else console.log(examinationText(examination));
      } catch (error) {
        tellRefusal(error, options);
      }
    });
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
  const place =
    position === undefined
      ? ''
      : ` position ${position.from}${position.to === position.from ? '' : ` to ${position.to}`}`;
  return `${kind}: ${where}${place}: ${text}`;
}
