export { type Config, configFrom, VARIABLES } from './config.js';
export { Ledger, type LedgerOptions } from './ledger.js';
export { StoryRunner, type StoryStep } from './story-runner.js';
export { repositoryFolder } from './repository-folder.js';
