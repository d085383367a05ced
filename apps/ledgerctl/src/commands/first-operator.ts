import { commandNeeds } from '@provident/access/guard/command-permissions';
import { firstOperator, Logins, PersonIndex } from '@provident/access';
import { citizenNumberFault, dateInChina } from '@provident/kernel';
import { Command, InvalidArgumentError } from 'commander';
import { machineActor } from '../machine-actor.js';
import { jsonOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface FirstOperatorOptions {
  readonly login: string;
  readonly citizenNumber: string;
  readonly json?: boolean;
}

/** `ledgerctl first-operator --login … --citizen-number …` */
export function firstOperatorCommand(): Command {
  return commandNeeds(new Command('first-operator'), 'user.manage')
    .description('let the first operator in, who registers everybody else; only while nobody has an account')
    .requiredOption('--login <name>', 'name to sign in with, such as li.wei')
    .requiredOption('--citizen-number <number>', 'who it is: one natural person is one user', citizenNumberOf)
    .addOption(jsonOption())
    .action((options: FirstOperatorOptions) =>
      withLedger(options, async (ledger) => {
        const who = {
          personId: ledger.get(PersonIndex).personIdOf(options.citizenNumber),
          loginName: options.login,
        };
        const password = await firstOperator(ledger.commands, ledger.get(Logins), who, (step) =>
          ledger.context(machineActor(), dateInChina(new Date()), 'first-operator', who.personId, step),
        );
        if (options.json === true) printJson({ login: options.login, password });
        else
          console.log(`${options.login} may sign in with ${password} and must change it at once. It is told only now.`);
      }),
    );
}

function citizenNumberOf(text: string): string {
  const fault = citizenNumberFault(text);
  if (fault === undefined) return text;
  throw new InvalidArgumentError(fault);
}
