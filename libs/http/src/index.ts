export * from './command-answer.js';
export type { RequestContext } from './command-context.js';
export * from './fields.js';
export { createHttpApplication, type HttpApplicationOptions } from './http-application.js';
export * from './problem.js';
export { ProblemFilter } from './problem-filter.js';
