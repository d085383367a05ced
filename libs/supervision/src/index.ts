export { NotProven, verifyAny } from '#verifier';
export { ArchiveSource } from './archive/archive-source.js';
export { examineArchive, type Examination } from './archive/examine-archive.js';
export { examineLog } from './archive/examine-log.js';
export { exportArchive } from './archive/export-archive.js';
export type { Flaw } from './archive/flaw.js';
export { type LogPoint, logPointOf } from './archive/log-range.js';
export { mirror } from './archive/mirror.js';
export { checkpointsSignedBy } from './archive/signed-by.js';
export { AlertDesk } from './control/alerts/alert-desk.js';
export { ALERT_STATES, AlertQueries, type AlertRow, type AlertStateAsked } from './control/alerts/alert-queries.js';
export { alertProjection } from './control/alerts/projection.js';
export { ControlDesk, type ControlReport } from './control/control-desk.js';
export { ControlWatch } from './control/control-watch.js';
export { loadRules } from './control/rules/load-rules.js';
export {
  CONTROL_CHECKS,
  type ControlCheck,
  type ControlFinding,
  type ControlResult,
} from './control/control-check.js';
export { ADDRESS_FORMS } from './explain/address.js';
export { ExplainDesk } from './explain/explain-desk.js';
export type { Explanation, ExplanationHead, Page } from './explain/explanation.js';
export type { Cause, RestatementReport } from './restatement/restatement.js';
export { Restatements } from './restatement/restatements.js';
export type { JournalQuestion } from './journal-export/booked-vouchers.js';
export { BOOK_FORMATS, type BookFormat, exportBooks } from './journal-export/export-books.js';
export { hledgerAccount } from './journal-export/journal-accounts.js';
export type { ReplayDigest, ReplayProgress } from './replay/replay.js';
export { ReplayDesk } from './replay/replay-desk.js';
export { type ReplayReport, runReplay } from './replay/run-replay.js';
export type { NamedDifference } from './replay/whose-figure.js';
export { CheckpointDesk } from './checkpoints/checkpoint-desk.js';
export { CheckpointReader, type PublishedCheckpoint } from './checkpoints/checkpoint-reader.js';
export { newSigningKey, readSigningKey, type SigningKeys } from './checkpoints/signing-keys.js';
export { Supervisor } from './checkpoints/supervisor.js';
export { type EventName, ProofDesk } from './proofs/proof-desk.js';
export { proofText } from './proofs/proof-text.js';
export { type ProvenStatement, StatementProofs } from './proofs/statement-proof.js';
export { SupervisionModule } from './supervision.module.js';
export type { TransparencyOptions } from './transparency.module.js';
export { TreeStore } from './tree/tree-store.js';
export { newWitnessKey, readWitnessRequest, type Seen, signAsWitness } from './witness/witness.js';
