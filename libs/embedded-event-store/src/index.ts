export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './options.js';
export { startEmbeddedEventStore } from './start.js';
