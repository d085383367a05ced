import { commandNeeds } from '@provident/access/guard/command-permissions';
import { CloseYear } from '@provident/accounts';
import { dateInChina } from '@provident/kernel';
import { Command } from 'commander';
import { machineActor } from '../machine-actor.js';
import { jsonOption, yearOf } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

/** `ledgerctl close-year YEAR` */
export function closeYearCommand(): Command {
  return commandNeeds(new Command('close-year'), 'account.close-year')
    .description("post the year's interest to every personal account and close the year")
    .argument('<year>', 'calendar year', yearOf)
    .addOption(jsonOption())
    .action((year: number, options: { json?: boolean }) =>
      withLedger(options, async (ledger) => {
        await ledger.reactionsIdle();
        const progress = new Progress('accounts', options.json === true);
        const context = ledger.context(machineActor(), dateInChina(new Date()), 'close-year', String(year));
        const result = await ledger.commands.execute(new CloseYear({ year }, context, (done) => progress.at(done)));
        await ledger.settled();
        progress.end();
        if (options.json === true) printJson(result);
        else console.log(`${result.closed} of ${result.accounts} accounts closed for ${year}.`);
      }),
    );
}
