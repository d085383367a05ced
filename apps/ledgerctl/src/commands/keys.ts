import { readFileSync } from 'node:fs';
import { backupKeys, changeMasterKey, restoreKeys } from '@provident/access';
import { commandNeeds } from '@provident/access/guard/command-permissions';
import { addMasterKey, configFrom, dropEarlierKeys } from '@provident/assembly';
import { DomainError, isUuid } from '@provident/kernel';
import { Command } from 'commander';
import { jsonOption } from '../options.js';
import { printJson } from '../print-json.js';
import { type Keys, withKeys } from '../with-keys.js';

interface KeysOptions {
  readonly json?: boolean;
}

/** `ledgerctl keys rotate|backup|restore|erased|erase-again` */
export function keysCommand(): Command {
  return new Command('keys')
    .description('look after the keys of personal data')
    .addCommand(
      action('rotate', 'change the master key: wrap every key anew; nothing that is encrypted changes').action(rotate),
    )
    .addCommand(
      action('backup', 'copy every key, wrapped as it is, to a new file')
        .argument('<file>', 'file to write; it must not exist')
        .action((file: string, options: KeysOptions) =>
          withKeys(options, async ({ vault }) => tell(options, { keys: await backupKeys(vault, file) })),
        ),
    )
    .addCommand(
      action('restore', 'bring back the keys that the vault lacks; what is erased stays erased')
        .argument('<file>', 'what `keys backup` wrote')
        .action((file: string, options: KeysOptions) =>
          withKeys(options, async (keys) => {
            notBesideAnOffice(keys);
            tell(options, { keys: await restoreKeys(keys.vault, file) });
          }),
        ),
    )
    .addCommand(
      action('erased', 'ids of the keys that were erased, one a line: to be kept with every backup').action(
        (options: KeysOptions) =>
          withKeys(options, async ({ people }) => {
            const erased = await people.erased();
            if (options.json === true) printJson({ erased });
            else for (const id of erased) console.log(id);
          }),
      ),
    )
    .addCommand(
      action('erase-again', 'erase what a restored backup brought back')
        .argument('<file>', 'what `keys erased` printed')
        .action((file: string, options: KeysOptions) =>
          withKeys(options, async ({ people }) => {
            const ids = readFileSync(file, 'utf8').split(/\s+/).filter(isUuid);
            for (const id of ids) await people.erase(id);
            tell(options, { erased: ids.length });
          }),
        ),
    );
}

/** With keys from the environment the new one is the present one already; a key file is given a new one first. */
async function rotate(options: KeysOptions): Promise<void> {
  const { vault, dataFolder } = configFrom(process.env, 'ledgerctl');
  const isFile = vault.masterKeys === undefined;
  // The compiler does not see that the work below sets it.
  let isFree = false as boolean;
  await withKeys(options, (keys) => {
    notBesideAnOffice(keys);
    isFree = true;
    return Promise.resolve();
  });
  if (!isFree) return;
  if (isFile) addMasterKey(dataFolder);
  let wrapped: number | undefined;
  await withKeys(options, async ({ people, secrets, signing }) => {
    wrapped = await changeMasterKey(people, secrets, signing);
  });
  if (wrapped === undefined) return;
  if (isFile) dropEarlierKeys(dataFolder);
  tell(options, { wrapped });
}

/** A running office holds the master key that it was started with. */
function notBesideAnOffice({ besideAnOffice }: Keys): void {
  if (!besideAnOffice) return;
  throw new DomainError(
    'office-is-open',
    'The office is running on this data folder.',
    'A process works with the keys that it found at its start.',
    'Close the office first.',
  );
}

function action(name: string, description: string): Command {
  return commandNeeds(new Command(name), 'system.run').description(description).addOption(jsonOption());
}

function tell(options: KeysOptions, result: Readonly<Record<string, number>>): void {
  if (options.json === true) printJson(result);
  else for (const [name, count] of Object.entries(result)) console.log(`${name}: ${count}`);
}
