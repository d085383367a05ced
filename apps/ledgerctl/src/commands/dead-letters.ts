import { commandNeeds } from '@provident/access/guard/command-permissions';
import { readFileSync } from 'node:fs';
import { PROJECTIONS } from '@provident/assembly';
import { DeadLetters, type RepairReason } from '@provident/event-bus';
import { DomainError } from '@provident/kernel';
import type { Correction, DeadLetter } from '@provident/projections/dead-letter';
import { table } from '@provident/terminal';
import { Command, InvalidArgumentError, Option } from 'commander';
import { machineActor } from '../machine-actor.js';
import { jsonOption } from '../options.js';
import { printJson } from '../print-json.js';
import { withBus } from '../with-bus.js';

const STATES = ['open', 'corrected', 'handled', 'replayed'] as const satisfies DeadLetter['state'][];

interface ListOptions {
  readonly state?: (typeof STATES)[number];
  readonly json?: boolean;
}

interface ActOptions {
  readonly reason: string;
  readonly json?: boolean;
}

interface RepairOptions extends ActOptions {
  readonly data?: Readonly<object>;
  readonly header?: Readonly<Record<string, string>>;
  readonly handled?: boolean;
}

/** `ledgerctl dead-letters list|show|repair|replay` */
export function deadLettersCommand(): Command {
  return new Command('dead-letters')
    .description('messages from Kafka that could not be applied; needs KAFKA_BROKERS and DATABASE_URL')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(repairCommand())
    .addCommand(replayCommand());
}

function listCommand(): Command {
  return commandNeeds(new Command('list'), 'system.watch')
    .description('where they stood, what could not take them, and why')
    .addOption(new Option('--state <state>', 'those in one state only').choices(STATES))
    .addOption(jsonOption())
    .action((options: ListOptions) =>
      withLetters(options, async (letters) => {
        const found = await letters.list(options.state === undefined ? undefined : [options.state]);
        if (options.json === true) {
          printJson(found.map(plain));
          return;
        }
        const columns = ['dead letter', 'state', 'event', 'reason'].map((title) => ({ title }));
        console.log(found.length === 0 ? 'There are none.' : table(columns, found.map(cells)));
      }),
    );
}

function showCommand(): Command {
  return commandNeeds(new Command('show'), 'system.watch')
    .description('one of them whole: the message as it came, and what was done about it')
    .argument('<dead letter>', 'as listed')
    .addOption(jsonOption())
    .action((id: string, options: ListOptions) =>
      withLetters(options, async (letters) => printJson(plain(await letters.show(id)))),
    );
}

function repairCommand(): Command {
  return acting('repair', 'supply what is wrong in it, to be replayed; or mark it as handled otherwise')
    .option('--data <json>', "the event's data; @FILE reads a file", dataOf)
    .option('--header <name=value>', 'a header of a message that could not be read; may be repeated', headerOf)
    .option('--handled', 'it is not to be applied; the reason says what was done instead')
    .action((id: string, options: RepairOptions) =>
      withLetters(options, async (letters) => {
        const { data, header, handled = false } = options;
        const correction: Correction = {
          ...(data === undefined ? {} : { data }),
          ...(header === undefined ? {} : { headers: header }),
        };
        const corrects = Object.keys(correction).length > 0;
        if (corrects === handled) throw chooseOne();
        const letter = await (handled
          ? letters.handle(id, reasonOf(options))
          : letters.correct(id, correction, reasonOf(options)));
        print(letter, options, handled ? 'It is handled.' : 'It is corrected; replay applies it.');
      }),
    );
}

function replayCommand(): Command {
  return acting('replay', 'apply it, once; with its repair if there is one').action((id: string, options: ActOptions) =>
    withLetters(options, async (letters) => {
      print(await letters.replay(id, reasonOf(options)), options, 'It is applied.');
    }),
  );
}

function acting(name: string, description: string): Command {
  return commandNeeds(new Command(name), 'system.run')
    .description(description)
    .argument('<dead letter>', 'as listed')
    .requiredOption('--reason <text>', 'why, for the record')
    .addOption(jsonOption());
}

function withLetters(options: { json?: boolean }, work: (letters: DeadLetters) => Promise<void>): Promise<void> {
  return withBus(options, async ({ bus, pool, clock }) => {
    const letters = new DeadLetters({ bus, pool, projections: PROJECTIONS, clock });
    try {
      await work(letters);
    } finally {
      await letters.close();
    }
  });
}

function print(letter: DeadLetter, options: { json?: boolean }, text: string): void {
  if (options.json === true) printJson(plain(letter));
  else console.log(text);
}

/** A letter as people read it: keys and values as text. */
function plain({ message, ...letter }: DeadLetter): object {
  const { key, value, headers } = message;
  return { ...letter, message: { key: key?.toString() ?? null, headers, value: value?.toString() ?? null } };
}

function cells({ id, state, event, reason }: DeadLetter): string[] {
  return [id, state, event === undefined ? '' : `${event.type} of ${event.stream}`, reason];
}

function reasonOf({ reason }: ActOptions): RepairReason {
  return { by: machineActor(), reason };
}

function dataOf(text: string): object {
  let data: unknown;
  try {
    data = JSON.parse(text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text);
  } catch (error) {
    throw new InvalidArgumentError(`Write a JSON object, or @ and the path of a file with one. ${String(error)}`);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    throw new InvalidArgumentError("An event's data is a JSON object.");
  }
  return data;
}

function headerOf(text: string, before: Readonly<Record<string, string>> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Write name=value, such as ce_type=ContributionCredited.');
  return { ...before, [text.slice(0, at)]: text.slice(at + 1) };
}

function chooseOne(): DomainError {
  return new DomainError(
    'repair-unclear',
    'A repair is either a correction or the word that the letter is handled.',
    'What becomes of a dead letter is decided one way.',
    'Give --data or --header, or else --handled.',
  );
}
