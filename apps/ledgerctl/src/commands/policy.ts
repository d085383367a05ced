import { commandNeeds } from '@provident/access/guard/command-permissions';
import { LivePolicy, proposalAnswers } from '@provident/policy-desk';
import { table } from '@provident/terminal';
import { Command } from 'commander';
import { areaOf, jsonOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

/** `ledgerctl policy show`. Parameters are changed by cases of casework. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('changes of parameters; they are made by cases, which several people carry')
    .addCommand(showCommand());
}

function showCommand(): Command {
  return commandNeeds(new Command('show'), 'policy.read')
    .description('the proposals of an area and what became of them')
    .option('--area <code>', "division code, 000000 for the nation; the ledger's own area when absent", areaOf)
    .addOption(jsonOption())
    .action((options: { area?: string; json?: boolean }) =>
      withLedger(options, async (ledger) => {
        const area = options.area ?? ledger.config.area;
        const proposals = proposalAnswers(await ledger.get(LivePolicy).changesOf(area));
        if (options.json === true) {
          printJson(proposals);
          return;
        }
        if (proposals.length === 0) {
          console.log(`No change of a parameter was proposed for area ${area}.`);
          return;
        }
        const titles = ['proposal', 'status', 'parameter', 'value', 'from', 'to', 'proposer', 'reviewer', 'approver'];
        const rows = proposals.map((each) => [
          ...[each.proposalId, each.status, each.parameter],
          typeof each.value === 'string' ? each.value : JSON.stringify(each.value),
          ...[each.from, each.to ?? '', each.proposer, each.reviewer ?? '', each.approver ?? ''],
        ]);
        console.log(
          table(
            titles.map((title) => ({ title })),
            rows,
          ),
        );
      }),
    );
}
