export { usage as eventStoreUsage } from './command-line.js';
export { backupLog, checkLog, type LogInfo, logInfo } from './maintenance.js';
export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './options.js';
export { serveEventStore } from './serve.js';
export { startEmbeddedEventStore } from './start.js';
