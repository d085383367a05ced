/** Limits of the collection context. */
export const LIMITS = {
  /** Lines in one `PayrollLinesDeclared`: about 100 kB, well below the store's limit for an append. */
  linesPerEvent: 400,
  /** People in one `LeaversDeclared`. */
  leaversPerEvent: 5_000,
  /** Lookups and appends under way at the same time while a file is taken in. */
  underWay: 128,
} as const;
