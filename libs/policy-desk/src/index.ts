export * from './commands.js';
export { LivePolicy } from './live-policy.js';
export { PolicyDeskModule } from './policy-desk.module.js';
export { proposalAnswers } from './proposal-answer.js';
