import { commandNeeds } from '@provident/access/guard/command-permissions';
import { CheckpointDesk, CheckpointReader, newSigningKey, Supervisor, TreeStore } from '@provident/supervision';
import { table } from '@provident/terminal';
import { Command } from 'commander';
import { areaOf, jsonOption, numberOf } from '../options.js';
import { printJson, withLedger } from '../with-ledger.js';

interface Options {
  readonly json?: boolean;
}

/** `ledgerctl checkpoint list|show|sign|keys|new-key|rebuild-tree` */
export function checkpointCommand(): Command {
  return new Command('checkpoint')
    .description('signed checkpoints of the log: one hash over every event, signed and kept as an event itself')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(signCommand())
    .addCommand(keysCommand())
    .addCommand(newKeyCommand())
    .addCommand(rebuildCommand());
}

function listCommand(): Command {
  return commandNeeds(new Command('list'), 'supervision.read')
    .description('all checkpoints, with the number of their cosignatures')
    .addOption(jsonOption())
    .action((options: Options) =>
      withLedger(options, async (ledger) => {
        const checkpoints = await ledger.get(CheckpointReader).checkpoints();
        if (options.json === true) printJson(checkpoints);
        else {
          const rows = checkpoints.map(({ size, root, reason, signedAt, witnesses }) => [
            ...[String(size), root, reason, signedAt.toISOString(), String(witnesses.length)],
          ]);
          console.log(
            table(
              [
                { title: 'events', align: 'right' },
                { title: 'root' },
                { title: 'reason' },
                { title: 'signed at' },
                { title: 'witnesses', align: 'right' },
              ],
              rows,
            ),
          );
        }
      }),
    );
}

function showCommand(): Command {
  return commandNeeds(new Command('show'), 'supervision.read')
    .description('a checkpoint as a signed note, as it is handed out; the latest unless its size is named')
    .argument('[events]', 'number of events under it', numberOf)
    .addOption(jsonOption())
    .action((size: number | undefined, options: Options) =>
      withLedger(options, async (ledger) => {
        const checkpoint = await ledger.get(CheckpointReader).checkpoint(size);
        if (checkpoint === undefined) {
          console.error('There is no such checkpoint.');
          process.exitCode = 1;
        } else if (options.json === true) printJson(checkpoint);
        else process.stdout.write(checkpoint.note);
      }),
    );
}

function signCommand(): Command {
  return commandNeeds(new Command('sign'), 'system.run')
    .description('sign a checkpoint of the log as it is now')
    .addOption(jsonOption())
    .action((options: Options) =>
      withLedger(options, async (ledger) => {
        await ledger.settled();
        await ledger.treeSettled();
        const checkpoint = await ledger.get(CheckpointDesk).sign('request');
        if (options.json === true) printJson(checkpoint);
        else process.stdout.write(checkpoint.note);
      }),
    );
}

function keysCommand(): Command {
  return commandNeeds(new Command('keys'), 'supervision.read')
    .description('public keys of the log, the present one last: for the verifier, for witnesses, for print')
    .addOption(jsonOption())
    .action((options: Options) =>
      withLedger(options, async (ledger) => {
        const keys = await ledger.get(CheckpointReader).signingKeys();
        if (options.json === true) printJson(keys);
        else for (const { key } of keys) console.log(key);
      }),
    );
}

function newKeyCommand(): Command {
  return commandNeeds(new Command('new-key'), 'system.run')
    .description(
      'make a key to sign with: put it before the present one in CHECKPOINT_KEY or checkpoint.key, and restart',
    )
    .requiredOption('--area <area>', 'the area whose log it is for', areaOf)
    .action(({ area }: { area: string }) => {
      const { text, publicKey } = newSigningKey(area);
      console.log(text);
      console.error(`The line above is secret. Its public key is ${publicKey.text}`);
    });
}

function rebuildCommand(): Command {
  return commandNeeds(new Command('rebuild-tree'), 'system.run')
    .description(
      'forget the tree and build it anew from the log; checkpoints stay and are compared when the next is signed',
    )
    .addOption(jsonOption())
    .action((options: Options) =>
      withLedger(options, async (ledger) => {
        await ledger.get(TreeStore).clear();
        if (!ledger.isGuest) await ledger.treeSettled();
        const { size } = await ledger.get(TreeStore).progress();
        const { state } = ledger.get(Supervisor).status;
        if (options.json === true) printJson({ size, state });
        else if (ledger.isGuest) console.log('The tree is forgotten; the running office builds it anew.');
        else console.log(`The tree has ${size} leaves again.`);
      }),
    );
}
