/** One thing that a check found amiss. */
export interface ControlFinding {
  /** What is wrong, with the figures; never personal data. */
  readonly message: string;
  /** What it is about, such as `fund:310000/pension`, `voucher:…` or `event:<id>`. */
  readonly subject: string;
  /** Log position of the event concerned, if there is one. */
  readonly position?: string;
}

/** A rule that the ledger is examined by, again and again. */
export interface ControlCheck {
  /** Stable and machine-readable, such as `voucher-balance`. */
  readonly name: string;
  /** What holds when nothing is found, in a sentence. */
  readonly rule: string;
  run(): Promise<readonly ControlFinding[]>;
}

/** Injects every check of the installation: `readonly ControlCheck[]`. */
export const CONTROL_CHECKS = Symbol('ControlChecks');
