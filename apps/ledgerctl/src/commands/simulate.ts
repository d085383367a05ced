import { readFileSync } from 'node:fs';
import { commandNeeds } from '@provident/access/guard/command-permissions';
import { KnownTimes } from '@provident/projections';
import { readOverlay, Simulations } from '@provident/supervision';
import { simulationText } from '@provident/terminal';
import { Command } from 'commander';
import { jsonOption, knownAt, personIn } from '../options.js';
import { Progress } from '../progress.js';
import { printJson, withLedger } from '../with-ledger.js';

interface SimulateOptions {
  readonly overlay: string;
  readonly person?: string;
  readonly to?: string;
  readonly json?: boolean;
}

/** `ledgerctl simulate --overlay FILE [--person PERSON] [--to POSITION|DATE]` */
export function simulateCommand(): Command {
  return commandNeeds(new Command('simulate'), 'supervision.read')
    .description(
      'replay the history under proposed parameters, write nothing, and tell what would have changed for whom',
    )
    .requiredOption('--overlay <file>', 'YAML or JSON: a list of parameter, area, from (and to), value, and basis')
    .option('--person <person>', 'citizen number or person id of the one whose months are explained')
    .option('--to <position|date|time>', 'only what the log had taken by then', knownAt)
    .addOption(jsonOption())
    .action((options: SimulateOptions) =>
      withLedger(options, async (ledger) => {
        const overlay = readOverlay(readFileSync(options.overlay, 'utf8'));
        if (options.to !== undefined) await ledger.settled();
        const upTo = await ledger.get(KnownTimes).positionOf(options.to);
        const progress = new Progress('events', options.json === true);
        const personId = options.person === undefined ? undefined : personIn(ledger, options.person);
        const question = { overlay, personId, upTo };
        const report = await ledger.get(Simulations).run(question, (events) => progress.at(events));
        progress.end();
        if (options.json === true) printJson(report);
        else console.log(simulationText(report));
      }),
    );
}
