export * from './actor.js';
export * from './command-answer.js';
export { FromRequest, type RequestContext } from './command-context.js';
export * from './fields.js';
export { createHttpApplication, type HttpApplicationOptions } from './http-application.js';
export * from './problem.js';
export { ProblemFilter } from './problem-filter.js';
