/** Limits of the accounts context. */
export const LIMITS = {
  /** Credits of one settled month under way at the same time. */
  creditsUnderWay: 128,
  /** Accounts closed at the same time by a year-end run. */
  closingsUnderWay: 128,
  /** Accounts merged one into the next that a late credit is handed along. */
  mergesInARow: 8,
  /** Times that a merge looks again because the survivor's year was closed in between. */
  mergeLooks: 5,
} as const;
