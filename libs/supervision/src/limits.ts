/** Bounds of supervision. */
export const LIMITS = {
  /** Events that become leaves in one transaction. */
  leavesPerBatch: 2_000,
  /** Full tiles (8 KiB each) kept in memory by a reader of proofs. */
  cachedTiles: 1_024,
  /** Wait before a broken following is tried again; doubles up to the second figure. */
  retryMs: 200,
  longestRetryMs: 5_000,
  /** How often a process that stands by asks whether it may lead. */
  standByMs: 2_000,
  /** How often the leader asks itself whether a checkpoint or an attestation is due. */
  tickMs: 1_000,
  /** After a period was closed, this long no further closing must come before the checkpoint of it is signed. */
  closingSettlesMs: 5_000,
  /** Wait between two looks how far the tree is. */
  treePollMs: 50,
  /** Witnesses whose cosignatures one checkpoint may carry. */
  witnesses: 16,
  /** Months whose indicators one restatement report compares. */
  restatedMonths: 60,
  /** A process examines the ledger first when it has run for so long, then once a day. */
  firstExaminationMs: 600_000,
  controlTickMs: 60_000,
  /** What a figure rests on, in one page of its explanation. */
  explained: 50,
  /** What one simulation sums up in memory. */
  simulatedPeople: 500_000,
  simulatedOpenLines: 1_000_000,
  /** Events that a simulation over HTTP replays, which answers when it is done; ledgerctl takes any number. */
  simulatedEventsOverHttp: 200_000,
  /** People whose record a simulation looks up at a time. */
  simulationLookups: 32,
  /** Findings that one check tells in one run; the next run goes on behind them. */
  findings: 200,
  /** Alerts in one answer. */
  alerts: 1_000,
  /** Events that a report names for one difference, unless fewer are asked for. */
  causesNamed: 20,
} as const;
