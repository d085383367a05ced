export { type Config, configFrom, VARIABLES } from './config.js';
export { Ledger, type LedgerOptions } from './ledger.js';
