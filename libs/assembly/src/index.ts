export { type Config, configFrom } from './config.js';
export { Ledger, type LedgerOptions } from './ledger.js';
export * from './service-config.js';
export { StoryRunner, type StoryStep } from './story-runner.js';
export { repositoryFolder } from './repository-folder.js';
export { type ProcessName, type Variable, type VariableName, VARIABLES } from './variables.js';
