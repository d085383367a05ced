export * from './command-answer.js';
export * from './command-context.js';
export * from './fields.js';
export * from './problem.js';
export { ProblemFilter, problemOf } from './problem-filter.js';
