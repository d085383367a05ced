export { Applier, ProjectionFailed } from './applier.js';
export { type Checkpoint, readCheckpoint } from './checkpoint.js';
export {
  type DatabaseOptions,
  LIVE_SCHEMA,
  type ReadDatabase,
  createPool,
  openReadDatabase,
  queryBuilder,
} from './database.js';
export { type SchemaDigest, type TableDigest, compare, digest } from './digest.js';
export { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
export { type Projection, type Writer } from './projection.js';
export { ProjectionsModule, type ProjectionsOptions, READ_DATABASE, READ_QUERIES } from './projections.module.js';
export { MAX_BATCH, Projector, type ProjectorOptions, type ProjectorState } from './projector.js';
export { ReadPosition } from './read-position.js';
export { ReadSide } from './read-side.js';
export { type RebuildProgress, type RebuildReport, rebuild } from './rebuild.js';
export { type SchemaState, inspectSchema } from './schema.js';
export { type Cell, type Column, type RowOf, type TableDefinition } from './table.js';
export { SNAPSHOT, inTransaction } from './transaction.js';
