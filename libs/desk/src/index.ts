export { DeskModule } from './desk.module.js';
export { deskProjection } from './projection.js';
export type { DeskDatabase } from './tables.js';
