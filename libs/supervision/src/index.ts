export {
  CONTROL_CHECKS,
  type ControlCheck,
  type ControlFinding,
  type ControlResult,
} from './control/control-check.js';
export { SupervisionModule } from './supervision.module.js';
export { canonicalRecord } from './tree/canonical-record.js';
export { EMPTY_ROOT, leafHash, nodeHash } from './tree/merkle-hash.js';
