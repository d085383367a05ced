/** Limits of the registry context. */
export const LIMITS = {
  /** Rows of a register file under way at the same time. */
  underWay: 128,
  /** Identities merged one into the next that a late change is handed along. */
  mergesInARow: 8,
  /** People on one change form; larger changes come with the declaration file. */
  rowsPerForm: 2_000,
  /** Items on one handover list. */
  itemsPerHandover: 200,
  /** Days that a query for gaps in coverage looks over. */
  coverageDays: 3_660,
  /** Months that a query for missing documents looks over. */
  documentMonths: 240,
  /** Documents of one employer and month. */
  documentsPerMonth: 500,
} as const;
