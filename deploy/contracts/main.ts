import 'reflect-metadata';
import { repositoryFolder } from '@provident/assembly';
import { DomainError } from '@provident/kernel';
import { Command } from 'commander';
import { contractsFolder, currentContracts } from './contracts.js';
import { checkContracts, writeContracts, type WriteOptions } from './write-contracts.js';

// `npm run contracts`: writes what the code promises to others. With `--check` it writes nothing and fails on a difference.
const program = new Command('contracts')
  .description('the event schemas, AsyncAPI and OpenAPI documents of deploy/contracts, made from the code')
  .showHelpAfterError()
  .option('--check', 'write nothing; fail when the committed files differ from the code', false)
  .option('--accept', 'accept changes that consumers can bear, such as a new optional field', false)
  .option(
    '--unreleased <types...>',
    'event types that no log but those of developers holds: write them as they are',
    [],
  )
  .action(async ({ check, ...options }: WriteOptions & { check: boolean }) => {
    const repository = repositoryFolder();
    const contracts = await currentContracts(repository);
    if (check) {
      checkContracts(contracts);
      console.log(`${contracts.files.size} contracts are what the code promises.`);
      return;
    }
    const written = writeContracts(contractsFolder(repository), contracts, options);
    console.log(written.length === 0 ? 'Nothing to write.' : `Written:\n${written.join('\n')}`);
  });

program.parseAsync(process.argv).catch((error: unknown) => {
  const text =
    error instanceof DomainError ? `${error.message}\n${error.rule}\n${error.remedy}` : (error as Error).stack;
  console.error(text);
  process.exitCode = 1;
});
