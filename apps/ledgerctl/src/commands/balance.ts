import { commandNeeds } from '@provident/access/guard/command-permissions';
import { BookQueries } from '@provident/books';
import { type BusinessDate, dateInChina, type Fund } from '@provident/kernel';
import { KnownTimes } from '@provident/projections';
import { fundsText, grouped, table } from '@provident/terminal';
import { Command } from 'commander';
import { dateOf, fundOption, jsonOption, knownAtOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface BalanceOptions {
  readonly asOf?: BusinessDate;
  readonly knownAt?: string;
  readonly fund?: Fund;
  readonly detail?: boolean;
  readonly json?: boolean;
}

/** `ledgerctl balance [--as-of DATE] [--known-at POSITION] [--fund FUND] [--detail]` */
export function balanceCommand(): Command {
  return commandNeeds(new Command('balance'), 'books.read')
    .description("the funds' positions, or the trial balance, effective on a day and as known at a log position")
    .option('--as-of <date>', 'effective on this day; today when absent', dateOf)
    .addOption(knownAtOption())
    .addOption(fundOption())
    .option('--detail', 'the trial balance (科目余额表), account by account')
    .addOption(jsonOption())
    .action((options: BalanceOptions) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const asOf = options.asOf ?? dateInChina(new Date());
        const knownAt = await ledger.get(KnownTimes).positionOf(options.knownAt);
        const question = { asOf, knownAt, fund: options.fund };
        const queries = ledger.get(BookQueries);
        if (options.detail === true) {
          const rows = await queries.trialBalance(question);
          if (options.json === true) {
            printJson(rows);
            return;
          }
          const columns = [
            { title: '基金 fund' },
            { title: '科目 account' },
            { title: '明细 detail' },
            { title: '借方 debit', align: 'right' as const },
            { title: '贷方 credit', align: 'right' as const },
            { title: '余额 closing', align: 'right' as const },
          ];
          const cells = rows.map(({ fund, account, detail, debit, credit, closing }) => [
            fund,
            `${account.code} ${account.zh}`,
            detail,
            ...[debit, credit, closing].map((amount) => grouped(amount.toString())),
          ]);
          console.log(table(columns, cells));
          return;
        }
        const positions = await queries.fundPositions(question);
        if (options.json === true) {
          printJson(positions);
          return;
        }
        console.log(fundsText(`Funds on ${asOf}`, positions));
      }),
    );
}
