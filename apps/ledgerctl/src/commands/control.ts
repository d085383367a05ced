import { commandNeeds } from '@provident/access/guard/command-permissions';
import { ControlDesk, loadRules } from '@provident/supervision';
import { table } from '@provident/terminal';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

/** `ledgerctl control examine|rules` */
export function controlCommand(): Command {
  return new Command('control')
    .description('continuous control: what must hold, and rules with their legal basis')
    .addCommand(examineCommand())
    .addCommand(rulesCommand());
}

function examineCommand(): Command {
  return commandNeeds(new Command('examine'), 'alert.handle')
    .description('examine the whole ledger now; findings become alerts; ends with 1 when an invariant is broken')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const report = await ledger.get(ControlDesk).examine();
        if (report.checks.some(({ findings }) => findings > 0)) process.exitCode = 1;
        if (options.json === true) {
          printJson(report);
          return;
        }
        const columns = ['check', 'findings', 'what holds, or what is looked for'].map((title) => ({ title }));
        const rows = [
          ...report.checks.map(({ name, findings, rule }) => [name, String(findings), rule]),
          ...report.rules.map(({ rule, findings, missing }) => [
            rule.id,
            missing === undefined ? String(findings) : '–',
            missing === undefined ? rule.en : `${rule.en}: nothing to look at, the ledger has no ${missing.join(', ')}`,
          ]),
        ];
        console.log(table(columns, rows));
        console.log(
          `\nExamined up to log position ${report.upTo}; alerts raised: ${report.raised}, resolved: ${report.resolved}.`,
        );
      }),
    );
}

function rulesCommand(): Command {
  return commandNeeds(new Command('rules'), 'supervision.read')
    .description('the rules with their legal basis')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) => {
      const rules = loadRules();
      if (options.json === true) {
        printJson(rules);
        return;
      }
      const columns = ['rule', '', 'basis', 'looks at'].map((title) => ({ title }));
      const rows = rules.map(({ id, zh, basis, looksAt }) => [
        ...[id, zh, [`《${basis.document}》`, basis.number, basis.article].filter(Boolean).join(' ')],
        looksAt.join(', '),
      ]);
      console.log(table(columns, rows));
    });
}
