/** Limits of the casework context. Each is named where it is hit. */
export const LIMITS = {
  /** Documents in one case. */
  documents: 500,
  /** Returns for supplement, stops of the clock and tries of carrying out in one case: a case does not go round for ever. */
  rounds: 50,
  /** People in one chain of delegations, the one who acts included. */
  chain: 4,
  /** Ways by which one account may hold its roles on one day. */
  authorities: 64,
  /** Characters of a case's request, as JSON. */
  requestCharacters: 20_000,
  /** Messages and appointments in one thread. */
  messages: 5_000,
  /** People whom one message or conversation concerns. */
  concerned: 50,
  /** Recipients of one notice. */
  recipients: 5_000,
  /** Progress notes of one task. */
  progressNotes: 1_000,
} as const;
