import { commandNeeds } from '@provident/access/guard/command-permissions';
import { dateInChina } from '@provident/kernel';
import { ALERT_STATES, AlertDesk, AlertQueries, type AlertStateAsked } from '@provident/supervision';
import { table } from '@provident/terminal';
import { Command, Option } from 'commander';
import { machineActor } from '../machine-actor.js';
import { jsonOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface HandleOptions {
  readonly remark?: string;
  readonly how?: string;
  readonly json?: boolean;
}

/** `ledgerctl alerts list|acknowledge|resolve` */
export function alertsCommand(): Command {
  return new Command('alerts')
    .description('what continuous control found, whose business it is, and what became of it')
    .addCommand(listCommand())
    .addCommand(handling('acknowledge', 'take an alert over').option('--remark <text>', 'for the record'))
    .addCommand(handling('resolve', 'say how it was settled').requiredOption('--how <text>', 'for the record'));
}

function listCommand(): Command {
  return commandNeeds(new Command('list'), 'supervision.read')
    .description('alerts, errors first')
    .addOption(new Option('--state <state>', 'which of them').choices(ALERT_STATES).default('open'))
    .addOption(jsonOption())
    .action((options: { state: AlertStateAsked; json?: boolean }) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const alerts = await ledger.get(AlertQueries).alerts({ state: options.state });
        if (options.json === true) {
          printJson(alerts);
          return;
        }
        const columns = ['alert', 'severity', 'state', 'owner', 'since', 'found by', 'what'].map((title) => ({
          title,
        }));
        const rows = alerts.map((each) => [
          ...[each.alertId, each.severity, each.state, each.owner, each.raisedOn, each.check, each.message],
        ]);
        console.log(rows.length === 0 ? 'No such alert.' : table(columns, rows));
      }),
    );
}

function handling(name: 'acknowledge' | 'resolve', description: string): Command {
  return commandNeeds(new Command(name), 'alert.handle')
    .description(description)
    .argument('<alert>', 'id of the alert')
    .addOption(jsonOption())
    .action((alertId: string, options: HandleOptions) =>
      withLedger(options, async (ledger) => {
        const { remark, how = '' } = options;
        const now = new Date();
        const context = ledger.context(machineActor(), dateInChina(now), 'alert', name, alertId, now.toISOString());
        const desk = ledger.get(AlertDesk);
        const acted =
          name === 'acknowledge' ? desk.acknowledge(alertId, remark, context) : desk.resolve(alertId, how, context);
        const { position, events } = await acted;
        if (options.json === true) printJson({ position, events: events.length });
        else console.log(events.length === 0 ? 'It was so already.' : `Written at log position ${position ?? 0n}.`);
      }),
    );
}
