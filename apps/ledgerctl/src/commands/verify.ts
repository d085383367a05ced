import { commandNeeds } from '@provident/access/guard/command-permissions';
import { verificationText } from '@provident/terminal';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

/** `ledgerctl verify` */
export function verifyCommand(): Command {
  return commandNeeds(new Command('verify'), 'books.verify')
    .description('balanced books, control totals, and the digests of the live tables against a replay of the log')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const progress = new Progress('events', options.json === true);
        const { verification, differing } = await ledger.verify(({ events }) => progress.at(Number(events)));
        progress.end();
        if (!verification.clean || differing.length > 0) process.exitCode = 1;
        if (options.json === true) printJson({ ...verification, differing });
        else console.log(verificationText(verification, differing));
      }),
    );
}
