import type { BusinessDate } from '@provident/kernel';
import { dateInChina } from '@provident/kernel';
import { CONFIDENCES, type Confidence } from '@provident/policy';
import { ApproveProposal, LivePolicy, proposalAnswers, ProposeParameter, ReviewProposal } from '@provident/policy-desk';
import { table } from '@provident/terminal';
import { Command, Option } from 'commander';
import { actorOption, areaOf, dateOf, jsonOption } from '../options.js';
import { proposalOf } from '../proposal-of.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ActOptions {
  readonly actor: string;
  readonly area?: string;
  readonly remark?: string;
  readonly json?: boolean;
}

export interface ProposeOptions extends ActOptions {
  readonly parameter: string;
  readonly from: BusinessDate;
  readonly to?: BusinessDate;
  readonly value: string;
  readonly document: string;
  readonly number?: string;
  readonly article?: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly reason: string;
}

/** `ledgerctl policy propose|review|approve|show` */
export function policyCommand(): Command {
  return new Command('policy')
    .description('changes of parameters: proposed by one person, reviewed and approved by others')
    .addCommand(proposeCommand())
    .addCommand(reviewCommand())
    .addCommand(approveCommand())
    .addCommand(showCommand());
}

function proposeCommand(): Command {
  return acting('propose', 'propose a value of a parameter, with its legal basis')
    .requiredOption('--parameter <id>', 'for example unemployment.employer')
    .requiredOption('--from <date>', 'first day on which the value counts', dateOf)
    .option('--to <date>', 'last day on which it counts; open when absent', dateOf)
    .requiredOption('--value <value>', "in the parameter's unit and form: a text, or JSON with every number as text")
    .requiredOption('--document <name>', 'legal basis: the document')
    .option('--number <number>', 'legal basis: its number')
    .option('--article <article>', 'legal basis: the article')
    .requiredOption('--source <text>', 'where the value was read')
    .addOption(
      new Option('--confidence <word>', 'how far it can be trusted')
        .choices(Object.keys(CONFIDENCES))
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why, for the record')
    .action((options: ProposeOptions) =>
      withLedger(options, async (ledger) => {
        const body = proposalOf(options, ledger.config.area);
        const context = ledger.context(options.actor, body.from, 'policy-propose', options.actor, JSON.stringify(body));
        const { proposalId, position, events } = await ledger.commands.execute(new ProposeParameter(body, context));
        if (options.json === true) {
          printJson({ proposalId, position, events: events.length });
          return;
        }
        const already = events.length === 0 ? ' It was proposed already.' : '';
        console.log(`Proposal ${proposalId} for area ${body.area}.${already} Somebody else reviews it.`);
      }),
    );
}

function reviewCommand(): Command {
  return acting('review', 'confirm that a proposal agrees with its legal basis (复核); not by its proposer')
    .argument('<proposal>', 'id of the proposal')
    .option('--remark <text>', 'for the record')
    .action((proposalId: string, options: ActOptions) =>
      withLedger(options, async (ledger) => {
        const { actor, remark, area = ledger.config.area } = options;
        const context = ledger.context(actor, today(), 'policy-review', area, proposalId, actor);
        const body = { area, proposalId, ...(remark === undefined ? {} : { remark }) };
        const { position, events } = await ledger.commands.execute(new ReviewProposal(body, context));
        if (options.json === true) {
          printJson({ position, events: events.length });
          return;
        }
        console.log(events.length > 0 ? 'Reviewed. Somebody other than the proposer approves it.' : 'It was reviewed.');
      }),
    );
}

function approveCommand(): Command {
  return acting('approve', 'put a reviewed proposal in force (审批); not by its proposer')
    .argument('<proposal>', 'id of the proposal')
    .action((proposalId: string, options: ActOptions) =>
      withLedger(options, async (ledger) => {
        const { actor, area = ledger.config.area } = options;
        const context = ledger.context(actor, today(), 'policy-approve', area, proposalId, actor);
        const { position, events } = await ledger.commands.execute(new ApproveProposal({ area, proposalId }, context));
        if (options.json === true) {
          printJson({ position, events: events.length });
          return;
        }
        console.log(events.length > 0 ? `Approved at log position ${position ?? 0n}.` : 'It was approved already.');
      }),
    );
}

function showCommand(): Command {
  return new Command('show')
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

function acting(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(actorOption())
    .option('--area <code>', "division code, 000000 for the nation; the ledger's own area when absent", areaOf)
    .addOption(jsonOption());
}

function today(): BusinessDate {
  return dateInChina(new Date());
}
