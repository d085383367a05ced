export * from './commands.js';
export { LivePolicy } from './live-policy.js';
export { PolicyDeskModule } from './policy-desk.module.js';
export { ProposalAnswer, proposalAnswers } from './proposal-answer.js';
