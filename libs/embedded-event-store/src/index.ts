export { backupLog, checkLog, type LogInfo, logInfo } from './maintenance.js';
export type { EmbeddedEventStore, EmbeddedEventStoreOptions } from './options.js';
export { startEmbeddedEventStore } from './start.js';
