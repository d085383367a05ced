/** Limits of the accounts context. */
export const LIMITS = {
  /** Credits of one settled month under way at the same time. */
  creditsUnderWay: 128,
  /** Accounts closed at the same time by a year-end run. */
  closingsUnderWay: 128,
} as const;
