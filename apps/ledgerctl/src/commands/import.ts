import { commandNeeds } from '@provident/access/guard/command-permissions';
import type { Permission } from '@provident/access/rights/permissions';
import { FileDeclaration, ImportReceipts } from '@provident/collection';
import type { FileOptions, FileOutcome } from '@provident/files';
import type { BusinessDate, CommandContext, Month } from '@provident/kernel';
import { dateInChina } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import type { Command as CqrsCommand } from '@nestjs/cqrs';
import { Command } from 'commander';
import { machineActor } from '../machine-actor.js';
import { dateOf, jsonOption, monthOf } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ImportOptions {
  readonly on?: BusinessDate;
  readonly acceptGoodRows?: boolean;
  readonly json?: boolean;
}

type FileCommand = (file: string, options: FileOptions, context: CommandContext) => CqrsCommand<FileOutcome>;

/** `ledgerctl import employers|people|declaration|receipts FILE` */
export function importCommand(): Command {
  const root = new Command('import').description('take in a file: CSV (UTF-8 or GB18030) or XLSX');
  root.addCommand(
    kind('employers', 'register.import', 'a register of employers', (...args) => new ImportEmployers(...args)),
  );
  root.addCommand(
    kind(
      'people',
      'register.import',
      'a register of people with their enrolments',
      (...args) => new ImportPeople(...args),
    ),
  );
  root.addCommand(kind('receipts', 'receipt.enter', "the bank's receipts", (...args) => new ImportReceipts(...args)));
  const declaration = base('declaration', 'declaration.file', "an employer's monthly declaration")
    .requiredOption('--employer <credit code>', 'unified social credit code')
    .requiredOption('--month <month>', 'declared month, YYYY-MM', monthOf)
    .action((file: string, options: ImportOptions & { employer: string; month: Month }) =>
      run(
        file,
        options,
        (path, how, context) => new FileDeclaration(options.employer, options.month, path, how, context),
      ),
    );
  root.addCommand(declaration);
  return root;
}

function kind(name: string, permission: Permission, description: string, command: FileCommand): Command {
  return base(name, permission, description).action((file: string, options: ImportOptions) =>
    run(file, options, command),
  );
}

function base(name: string, permission: Permission, description: string): Command {
  return commandNeeds(new Command(name), permission)
    .description(description)
    .argument('<file>', 'path of the file')
    .option('--on <date>', 'day of filing; today when absent', dateOf)
    .option('--accept-good-rows', 'take the good rows although others are faulty')
    .addOption(jsonOption());
}

async function run(file: string, options: ImportOptions, command: FileCommand): Promise<void> {
  const json = options.json === true;
  await withLedger(options, async (ledger) => {
    const progress = new Progress('rows', json);
    const how = { acceptGoodRows: options.acceptGoodRows === true, onProgress: (rows: number) => progress.at(rows) };
    const context = ledger.context(machineActor(), options.on ?? dateInChina(new Date()), 'import', file);
    const outcome = await ledger.commands.execute(command(file, how, context));
    await ledger.settled();
    progress.end();
    if (!outcome.written || outcome.faults.total > 0) process.exitCode = 1;
    if (json) printJson(outcome);
    else print(outcome);
  });
}

function print({ written, rows, faults, position }: FileOutcome): void {
  for (const { line, column, value, reason } of faults.faults) {
    const where =
      line === 0 ? 'file' : `row ${line}${column === undefined ? '' : `, column ${column.letter} (${column.name})`}`;
    console.error(`${where}${value === '' ? '' : `, "${value}"`}: ${reason}`);
  }
  if (faults.notShown > 0) console.error(`… and ${faults.notShown} more faults.`);
  if (written) console.log(`${rows} rows are in, up to log position ${position ?? 0n}.`);
  else
    console.error(`${faults.total} faults; nothing was written. Mend them, or take the rest with --accept-good-rows.`);
}
