import { commandNeeds } from '@provident/access/guard/command-permissions';
import { readFileSync, writeFileSync } from 'node:fs';

import { KnownTimes } from '@provident/projections';
import { type EventName, NotProven, ProofDesk, proofText, StatementProofs, verifyAny } from '@provident/supervision';
import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, knownAtOption, numberOf, personIn, yearOf } from '../options.js';
import { keysFrom } from '../keys-from.js';
import { printJson } from '../print-json.js';
import { recordRead } from '../record-read.js';
import { withLedger } from '../with-ledger.js';

interface OutOptions {
  readonly out?: string;
  readonly json?: boolean;
  readonly size?: number;
}

const position = (text: string): bigint => {
  if (!/^\d{1,19}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return BigInt(text);
};

/** `ledgerctl proof event|consistency|statement|verify` */
export function proofCommand(): Command {
  return new Command('proof')
    .description('proofs that a stranger can check with a public key, and the check itself')
    .addCommand(eventCommand())
    .addCommand(consistencyCommand())
    .addCommand(statementCommand())
    .addCommand(verifyCommand());
}

interface EventOptions extends OutOptions {
  readonly position?: bigint;
  readonly id?: string;
  readonly stream?: string;
  readonly revision?: bigint;
}

function eventCommand(): Command {
  return giving('event', 'proof that an event is in the log (C2SP tlog-proof)')
    .option('--position <position>', 'the event at this log position', position)
    .option('--id <id>', 'the event with this id')
    .option('--stream <stream>', 'the event of this stream, with --revision')
    .option('--revision <revision>', 'its place in the stream, from 0', position)
    .option('--size <events>', 'under the checkpoint of so many events; the latest when absent', numberOf)
    .action((options: EventOptions) =>
      withLedger(options, async (ledger) => {
        const proof = await ledger.get(ProofDesk).inclusion(nameOf(options), options.size);
        give(options.json === true ? JSON.stringify(proof) : proofText(proof), options);
      }),
    );
}

function consistencyCommand(): Command {
  return giving('consistency', 'proof that the log was only added to between two checkpoints (a request to a witness)')
    .requiredOption('--from <events>', 'the older checkpoint', numberOf)
    .option('--to <events>', 'the newer one; the latest when absent', numberOf)
    .action((options: OutOptions & { from: number; to?: number }) =>
      withLedger(options, async (ledger) => {
        const proof = await ledger.get(ProofDesk).consistency(options.from, options.to);
        give(options.json === true ? JSON.stringify(proof) : proof.text, options);
      }),
    );
}

function statementCommand(): Command {
  return giving('statement', 'a personal statement with the proof of every entry that it rests on')
    .requiredOption('--person <person>', 'citizen number or person id')
    .requiredOption('--year <year>', 'calendar year', yearOf)
    .addOption(knownAtOption())
    .option('--size <events>', 'under the checkpoint of so many events; the latest when absent', numberOf)
    .action((options: OutOptions & { person: string; year: number; knownAt?: string }) =>
      withLedger(options, async (ledger) => {
        const times = { knownAt: await ledger.get(KnownTimes).positionOf(options.knownAt) };
        const { year, size } = options;
        const person = personIn(ledger, options.person);
        await recordRead(ledger, [person], 'supervision.read', 'proof statement');
        const proven = await ledger.get(StatementProofs).statement(person, year, times, size);
        give(JSON.stringify(proven), options);
      }),
    );
}

function verifyCommand(): Command {
  return commandNeeds(new Command('verify'), 'supervision.read')
    .description('check a proof, a proven statement or a checkpoint, asking nobody: what the stand-alone verifier does')
    .argument('<file>', 'the proof')
    .requiredOption(
      '--key <key...>',
      "the log's public key, and those of witnesses that must have signed; keys or files",
    )
    .option('--older <file>', 'the older checkpoint, for a proof of consistency')
    .action(async (file: string, { key, older }: { key: string[]; older?: string }) => {
      const keys = keysFrom(key);
      try {
        const before = older === undefined ? undefined : readFileSync(older, 'utf8');
        printJson(await verifyAny(readFileSync(file, 'utf8'), keys, before));
      } catch (error) {
        if (!(error instanceof NotProven)) throw error;
        console.error(`NOT PROVEN: ${error.message}`);
        process.exitCode = 1;
      }
    });
}

function giving(name: string, description: string): Command {
  return commandNeeds(new Command(name), 'supervision.read')
    .description(description)
    .option('--out <file>', 'write it there instead of printing it')
    .addOption(jsonOption());
}

function give(text: string, { out }: OutOptions): void {
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  if (out === undefined) process.stdout.write(ended);
  else writeFileSync(out, ended);
}

function nameOf({ position: at, id, stream, revision }: EventOptions): EventName {
  if (at !== undefined) return { position: at };
  if (id !== undefined) return { id };
  if (stream !== undefined && revision !== undefined) return { stream, revision };
  throw new InvalidArgumentError('Name the event: --position, --id, or --stream with --revision.');
}
