import { commandNeeds } from '@provident/access/guard/command-permissions';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import {
  CheckpointDesk,
  CheckpointReader,
  newWitnessKey,
  readWitnessRequest,
  type Seen,
  signAsWitness,
} from '@provident/supervision';
import { dateInChina } from '@provident/kernel';
import { Command } from 'commander';
import { keysFrom } from '../keys-from.js';
import { machineActor } from '../machine-actor.js';
import { jsonOption, numberOf } from '../options.js';
import { tellRefusal } from '../tell-refusal.js';
import { printJson, withLedger } from '../with-ledger.js';

interface ActOptions {
  readonly json?: boolean;
}

/** `ledgerctl witness new-key|sign` at the witness; `admit|dismiss|cosign|list` at the agency. */
export function witnessCommand(): Command {
  return new Command('witness')
    .description(
      'cosignatures of others: new-key and sign run at the witness, away from the ledger; the rest at the agency',
    )
    .addCommand(newKeyCommand())
    .addCommand(signCommand())
    .addCommand(admitCommand())
    .addCommand(dismissCommand())
    .addCommand(cosignCommand())
    .addCommand(listCommand());
}

function newKeyCommand(): Command {
  return commandNeeds(new Command('new-key'), 'system.run')
    .description("make a witness's key; the public part goes to the agency and into print")
    .argument('<name>', 'for example audit.example.cn/witness')
    .action((name: string) => {
      const { text, publicKey } = newWitnessKey(name);
      console.log(text);
      console.error(`The line above is secret and stays with the witness. Its public key is ${publicKey.text}`);
    });
}

interface SignOptions {
  readonly key: string;
  readonly logKey: string[];
  readonly seen: string;
}

function signCommand(): Command {
  return commandNeeds(new Command('sign'), 'supervision.cosign')
    .description('check that a log was only added to since the last time, and sign its checkpoint')
    .argument('<file>', 'the checkpoint the first time, afterwards the proof of consistency from the last one')
    .requiredOption('--key <file>', "file with the witness's private key")
    .requiredOption('--log-key <key...>', "the log's public key or keys; keys or files")
    .requiredOption('--seen <file>', 'where the witness keeps what it signed last; made at the first time')
    .action((file: string, { key, logKey, seen }: SignOptions) => {
      try {
        const signed = signAsWitness(readWitnessRequest(readFileSync(file, 'utf8')), {
          key: readFileSync(key, 'utf8'),
          logKeys: keysFrom(logKey),
          seen: seenIn(seen),
          seconds: Math.floor(Date.now() / 1_000),
        });
        // First remembered, then handed out: what was signed must never be forgotten.
        writeFileSync(`${seen}.new`, `${JSON.stringify(signed.seen, null, 2)}\n`, { flush: true });
        renameSync(`${seen}.new`, seen);
        process.stdout.write(signed.line);
      } catch (error) {
        tellRefusal(error, {});
      }
    });
}

function admitCommand(): Command {
  return acting('admit', "take up a witness's public key")
    .argument('<key>', 'its public key')
    .requiredOption('--institution <name>', 'who holds the private key')
    .action((key: string, options: ActOptions & { institution: string }) =>
      withLedger(options, async (ledger) => {
        const context = ledger.context(machineActor(), dateInChina(new Date()), 'witness-admit', key);
        const { events } = await ledger.get(CheckpointDesk).admitWitness(key, options.institution, context);
        if (options.json === true) printJson({ admitted: events.length });
        else console.log(events.length === 0 ? 'The witness was admitted already.' : 'The witness is admitted.');
      }),
    );
}

function dismissCommand(): Command {
  return acting('dismiss', 'accept no further cosignatures of a witness')
    .argument('<key>', 'its public key')
    .requiredOption('--reason <text>', 'why, for the record')
    .action((key: string, options: ActOptions & { reason: string }) =>
      withLedger(options, async (ledger) => {
        const on = dateInChina(new Date());
        const context = ledger.context(machineActor(), on, 'witness-dismiss', key, on, options.reason);
        const { events } = await ledger.get(CheckpointDesk).dismissWitness(key, options.reason, context);
        if (options.json === true) printJson({ dismissed: events.length });
        else console.log(events.length === 0 ? 'There is no such witness.' : 'The witness is dismissed.');
      }),
    );
}

function cosignCommand(): Command {
  return acting('cosign', "bring in a witness's cosignature")
    .argument('<events>', 'number of events under the checkpoint', numberOf)
    .argument('<file>', 'the line that the witness gave, or the whole cosigned checkpoint')
    .action((size: number, file: string, options: ActOptions) =>
      withLedger(options, async (ledger) => {
        const lines = readFileSync(file, 'utf8');
        const context = ledger.context(machineActor(), dateInChina(new Date()), 'cosign', String(size), lines);
        const checkpoint = await ledger.get(CheckpointDesk).cosign(size, lines, context);
        if (options.json === true) printJson(checkpoint);
        else process.stdout.write(checkpoint.note);
      }),
    );
}

function listCommand(): Command {
  return commandNeeds(new Command('list'), 'supervision.read')
    .description('admitted and dismissed witnesses')
    .addOption(jsonOption())
    .action((options: { json?: boolean }) =>
      withLedger(options, async (ledger) => {
        const witnesses = await ledger.get(CheckpointReader).witnesses();
        if (options.json === true) printJson(witnesses);
        for (const { key, institution, dismissedOn } of options.json === true ? [] : witnesses) {
          console.log(`${key} ${institution}${dismissedOn === undefined ? '' : ` (dismissed ${dismissedOn})`}`);
        }
      }),
    );
}

function acting(name: string, description: string): Command {
  return commandNeeds(new Command(name), 'system.run').description(description).addOption(jsonOption());
}

function seenIn(file: string): Seen {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Seen;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
