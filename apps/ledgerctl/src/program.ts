import { type ProcessName, type Variable, VARIABLES } from '@provident/assembly';
import { Command } from 'commander';
import { alertsCommand } from './commands/alerts.js';
import { balanceCommand } from './commands/balance.js';
import { booksExportCommand } from './commands/books-export.js';
import { calcCommand } from './commands/calc.js';
import { casesCommand } from './commands/cases.js';
import { checkpointCommand } from './commands/checkpoint.js';
import { closeYearCommand } from './commands/close-year.js';
import { controlCommand } from './commands/control.js';
import { deadLettersCommand } from './commands/dead-letters.js';
import { eventStoreCommand } from './commands/eventstore.js';
import { explainCommand } from './commands/explain.js';
import { exportCommand } from './commands/export.js';
import { firstOperatorCommand } from './commands/first-operator.js';
import { fsckCommand } from './commands/fsck.js';
import { identifyCommand } from './commands/identify.js';
import { importCommand } from './commands/import.js';
import { mirrorCommand } from './commands/mirror.js';
import { keysCommand } from './commands/keys.js';
import { policyCommand } from './commands/policy.js';
import { proofCommand } from './commands/proof.js';
import { rebuildCommand } from './commands/rebuild.js';
import { releaseCommand } from './commands/release.js';
import { restatementCommand } from './commands/restatement.js';
import { replayCommand } from './commands/replay.js';
import { simulateCommand } from './commands/simulate.js';
import { statementCommand } from './commands/statement.js';
import { statisticsCommand } from './commands/statistics.js';
import { verifyCommand } from './commands/verify.js';
import { witnessCommand } from './commands/witness.js';

/** The command line of an agency's ledger. Each command stands in a file of its own. */
export function program(): Command {
  const root = new Command('ledgerctl')
    .description(
      "The command line of an agency's ledger. Every command takes --json for machine-readable output; calc answers in JSON anyway and takes its inputs there.",
    )
    .showHelpAfterError()
    .addHelpText('after', `\nEnvironment:\n${environmentText()}`);
  for (const command of [
    importCommand(),
    identifyCommand(),
    closeYearCommand(),
    statementCommand(),
    balanceCommand(),
    statisticsCommand(),
    releaseCommand(),
    restatementCommand(),
    explainCommand(),
    simulateCommand(),
    controlCommand(),
    alertsCommand(),
    policyCommand(),
    calcCommand(),
    casesCommand(),
    rebuildCommand(),
    keysCommand(),
    verifyCommand(),
    booksExportCommand(),
    exportCommand(),
    fsckCommand(),
    mirrorCommand(),
    replayCommand(),
    checkpointCommand(),
    proofCommand(),
    witnessCommand(),
    eventStoreCommand(),
    firstOperatorCommand(),
    deadLettersCommand(),
  ]) {
    root.addCommand(command);
  }
  return root;
}

function environmentText(): string {
  const variables: [string, Variable][] = Object.entries(VARIABLES);
  const mine = variables.filter(([, { readBy }]) => readBy.includes('ledgerctl' satisfies ProcessName));
  const width = Math.max(...mine.map(([name]) => name.length));
  return mine
    .map(
      ([name, { fallback, meaning }]) => `  ${name.padEnd(width)} ${meaning}${fallback === '' ? '' : ` (${fallback})`}`,
    )
    .join('\n');
}
