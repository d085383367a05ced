/** Limits of the registry context. */
export const LIMITS = {
  /** Rows of a register file under way at the same time. */
  underWay: 128,
} as const;
