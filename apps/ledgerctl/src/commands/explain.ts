import { commandNeeds } from '@provident/access/guard/command-permissions';
import { ADDRESS_FORMS, ExplainDesk, type Explanation, type Page, peopleNamed } from '@provident/supervision';
import { explanationText } from '@provident/terminal';
import { Command } from 'commander';
import { jsonOption, numberOf } from '../options.js';
import { recordRead } from '../record-read.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ExplainOptions {
  readonly limit: number;
  readonly after?: string;
  readonly depth: number;
  readonly json?: boolean;
}

/** A figure with what it rests on, and that with what it rests on in turn. */
interface Tree extends Explanation {
  readonly deeper: readonly Tree[];
}

/** `ledgerctl explain FIGURE [--depth N] [--limit N] [--after PLACE]` */
export function explainCommand(): Command {
  return commandNeeds(new Command('explain'), 'supervision.read')
    .description('what a figure rests on: vouchers, events, parameters with their articles, and who was at it')
    .argument('<figure>', ADDRESS_FORMS.join(', '))
    .option('--depth <levels>', 'how many levels down', numberOf, 1)
    .option('--limit <number>', 'most rows of a level', numberOf, 20)
    .option('--after <place>', 'go on behind the last row of an earlier answer')
    .addOption(jsonOption())
    .action((figure: string, options: ExplainOptions) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        const { limit, after, depth } = options;
        const tree = await explained(ledger.get(ExplainDesk), figure, { limit, after }, depth);
        await recordRead(ledger, peopleNamed(tree), 'supervision.read', 'explain');
        if (options.json === true) printJson(tree);
        else console.log(lines(tree, '').join('\n'));
      }),
    );
}

async function explained(desk: ExplainDesk, figure: string, page: Page, depth: number): Promise<Tree> {
  const explanation = await desk.explain(figure, page);
  const deeper: Tree[] = [];
  if (depth > 1) {
    for (const { address } of explanation.children) {
      deeper.push(await explained(desk, address, { limit: page.limit }, depth - 1));
    }
  }
  return { ...explanation, deeper };
}

function lines(tree: Tree, indent: string): string[] {
  const more = tree.total - tree.children.length;
  return [
    ...explanationText(tree).map((line) => indent + line),
    ...(tree.deeper.length > 0
      ? tree.deeper.flatMap((each) => lines(each, `${indent}  `))
      : tree.children.flatMap((each) => explanationText(each).map((line) => `${indent}  ${line}`))),
    ...(more > 0 ? [`${indent}  … ${more} more${tree.next === undefined ? '' : ` (--after ${tree.next})`}`] : []),
  ];
}
