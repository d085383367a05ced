import { CorrectCredit } from '@provident/accounts';
import { type BusinessDate, dateInChina, type Month } from '@provident/kernel';
import { Command } from 'commander';
import { dateOf, jsonOption, monthOf, personOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface CorrectOptions {
  readonly month: Month;
  readonly wrong: string;
  readonly right: string;
  readonly reason: string;
  readonly on?: BusinessDate;
  readonly json?: boolean;
}

/** `ledgerctl correct --month … --wrong … --right … --reason …` */
export function correctCommand(): Command {
  return new Command('correct')
    .description('reverse a wrong credit in red and give the month to the right person (红字冲正)')
    .requiredOption('--month <month>', 'credited month, YYYY-MM', monthOf)
    .requiredOption('--wrong <person>', 'who was credited: citizen number or person id', personOf)
    .requiredOption('--right <person>', 'whose month it is: citizen number or person id', personOf)
    .requiredOption('--reason <text>', 'why, for the record')
    .option('--on <date>', 'day of the correction; today when absent', dateOf)
    .addOption(jsonOption())
    .action((options: CorrectOptions) =>
      withLedger(options, async (ledger) => {
        const correctedOn = options.on ?? dateInChina(new Date());
        const { month, wrong: wrongPersonId, right: rightPersonId, reason } = options;
        const context = ledger.context('clerk:ledgerctl', correctedOn, 'correct', month, wrongPersonId, rightPersonId);
        const body = { month, wrongPersonId, rightPersonId, reason, correctedOn };
        const { position } = await ledger.commands.execute(new CorrectCredit(body, context));
        await ledger.settled();
        if (options.json === true) printJson({ position });
        else console.log(`Corrected at log position ${position ?? 0n}.`);
      }),
    );
}
