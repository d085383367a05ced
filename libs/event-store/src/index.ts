export * from './aggregate.js';
export { eachConcurrently } from './each-concurrently.js';
export * from './event-source.js';
export * from './event-store.js';
export * from './event-store.module.js';
export { LogReader } from './log-reader.js';
export * from './reactions.js';
export { StoreClient } from './store-client.js';
export { StoreUnavailable } from './wire/errors.js';
