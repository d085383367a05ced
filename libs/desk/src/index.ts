export { CaseQueries } from './case-queries.js';
export { ConversationQueries } from './conversation-queries.js';
export { DeskModule } from './desk.module.js';
export { deskProjection } from './projection.js';
export type { DeskDatabase } from './tables.js';
export { TaskQueries } from './task-queries.js';
