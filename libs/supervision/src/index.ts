export { ArchiveSource } from './archive/archive-source.js';
export { examineArchive, type Examination } from './archive/examine-archive.js';
export { exportArchive } from './archive/export-archive.js';
export type { Flaw } from './archive/flaw.js';
export { type LogPoint, logPointOf } from './archive/log-range.js';
export {
  CONTROL_CHECKS,
  type ControlCheck,
  type ControlFinding,
  type ControlResult,
} from './control/control-check.js';
export type { Cause, RestatementReport } from './restatement/restatement.js';
export { Restatements } from './restatement/restatements.js';
export type { ReplayDigest, ReplayProgress } from './replay/replay.js';
export { type ReplayReport, runReplay } from './replay/run-replay.js';
export type { NamedDifference } from './replay/whose-figure.js';
export { SupervisionModule } from './supervision.module.js';
export { canonicalRecord } from './tree/canonical-record.js';
export { EMPTY_ROOT, leafHash, nodeHash } from './tree/merkle-hash.js';
