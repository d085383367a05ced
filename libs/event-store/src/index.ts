export * from './aggregate.js';
export * from './event-source.js';
export * from './event-store.js';
export { LogReader } from './log-reader.js';
export { StoreClient, StoreUnavailable } from './store-client.js';
