export { account, type Dispute } from './account.js';
export { AccountsModule } from './accounts.module.js';
export * from './commands.js';
export { accountReactions } from './reactions.js';
