import { commandNeeds } from '@provident/access/guard/command-permissions';
import { IdentifyReceipt } from '@provident/collection';
import { type BusinessDate, dateInChina, type Fund } from '@provident/kernel';
import { Command } from 'commander';
import { machineActor } from '../machine-actor.js';
import { dateOf, fundOption, jsonOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface IdentifyOptions {
  readonly fund: Fund;
  readonly employer: string;
  readonly reason: string;
  readonly on?: BusinessDate;
  readonly json?: boolean;
}

/** `ledgerctl identify BANK-REFERENCE --fund … --employer … --reason …` */
export function identifyCommand(): Command {
  return commandNeeds(new Command('identify'), 'receipt.enter')
    .description('name the payer of an unidentified receipt (暂收款)')
    .argument('<bank reference>')
    .addOption(fundOption().makeOptionMandatory())
    .requiredOption('--employer <credit code>', 'whose money it is')
    .requiredOption('--reason <text>', 'how it was found out')
    .option('--on <date>', 'day of the identification; today when absent', dateOf)
    .addOption(jsonOption())
    .action((bankReference: string, options: IdentifyOptions) =>
      withLedger(options, async (ledger) => {
        const identifiedOn = options.on ?? dateInChina(new Date());
        const { fund, employer, reason } = options;
        const context = ledger.context(machineActor(), identifiedOn, 'identify', fund, bankReference, employer);
        const body = { fund, bankReference, employer, identifiedOn, reason };
        const { position, events } = await ledger.commands.execute(new IdentifyReceipt(body, context));
        await ledger.settled();
        if (options.json === true) printJson({ position, events: events.length });
        else
          console.log(
            events.length > 0 ? `Identified at log position ${position ?? 0n}.` : 'It was identified already.',
          );
      }),
    );
}
