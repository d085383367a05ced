import { setTimeout as sleep } from 'node:timers/promises';
import { commandNeeds } from '@provident/access/guard/command-permissions';
import { publishedSchemas } from '@provident/assembly';
import { LogReader } from '@provident/event-store';
import { CheckpointReader, checkpointsSignedBy, mirror } from '@provident/supervision';
import { Command, InvalidArgumentError } from 'commander';
import { jsonOption, keyFileOption, readKeyFiles } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface MirrorOptions {
  readonly key?: readonly string[];
  readonly every?: number;
  readonly json?: boolean;
}

const secondsOf = (text: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('Write a number of seconds above zero.');
  return Number(text);
};

/** `ledgerctl mirror FOLDER [--every SECONDS]` */
export function mirrorCommand(): Command {
  return commandNeeds(new Command('mirror'), 'supervision.read')
    .description('keep a copy of the log that grows with it, and refuse a log that is not the one that was mirrored')
    .argument('<folder>', 'folder of the mirror, which is an archive; made when it is not there')
    .addOption(keyFileOption())
    .option('--every <seconds>', 'go on, so often, until SIGTERM or SIGINT; once when absent', secondsOf)
    .addOption(jsonOption())
    .action((folder: string, options: MirrorOptions) =>
      withLedger(options, async (ledger) => {
        const stopping = new AbortController();
        for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort());
        const given = await readKeyFiles(options.key);
        const schemaOf = publishedSchemas();
        for (;;) {
          const keys = given.length > 0 ? given : await ownKeys(ledger.get(CheckpointReader));
          const openCheckpoint = checkpointsSignedBy(keys);
          const report = await mirror({ folder, log: ledger.get(LogReader), openCheckpoint, schemaOf });
          if (options.json === true) printJson(report);
          else {
            const signed = report.signedSize > 0 ? `; signed up to leaf ${report.signedSize}` : '';
            console.log(`${report.added} events added, root ${report.root} over ${report.size} leaves${signed}`);
          }
          if (options.every === undefined) return;
          await sleep(options.every * 1_000, undefined, { signal: stopping.signal }).catch(() => undefined);
          if (stopping.signal.aborted) return;
        }
      }),
    );
}

async function ownKeys(reader: CheckpointReader): Promise<string[]> {
  return (await reader.signingKeys()).map(({ key }) => key);
}
