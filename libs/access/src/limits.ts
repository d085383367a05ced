/** Limits of access. Each is named where it is hit. */
export const LIMITS = {
  /** Connections of one process to the vault. */
  vaultConnections: 8,
  /** Person keys kept unwrapped in memory; the one unused for longest goes first. */
  cachedPersonKeys: 20_000,
  /** How long a key may be used from memory: an erasure by another process is heeded within this time. */
  personKeyCacheMs: 60_000,
  /** Person keys read, made or re-wrapped by one statement. */
  personKeyBatch: 2_000,
  /** Characters of one personal field. */
  personalFieldCharacters: 20_000,
  /** Life of an access token, in seconds. */
  accessTokenSeconds: 600,
  /** A refresh token that is not used for so long is void. */
  refreshIdleMs: 8 * 3_600_000,
  /** A browser that lost the answer to its last renewal may renew again with the same token for so long. */
  renewalGraceMs: 10_000,
  /** A session ends after so long, however often it was refreshed. */
  sessionMs: 24 * 3_600_000,
  /** A key signs for so long; afterwards it verifies until its last tokens have expired. */
  signingKeyMs: 30 * 86_400_000,
  /** How often a process asks the vault anew for a key that it does not know. */
  unknownKeyMs: 5_000,
  /** Passwords hashed at the same time by one process: each takes 19 MiB and a processor. */
  hashesAtOnce: 2,
  /** Passwords waiting to be hashed; more are sent away with 503. */
  hashesWaiting: 50,
  /** Failed sign-ins that cost nothing; each one more doubles the wait. */
  freeFailures: 5,
  firstPauseMs: 30_000,
  longestPauseMs: 900_000,
  /** Failures are forgotten after so long without another. */
  failureMemoryMs: 86_400_000,
  /** Earlier passwords that may not be used again. */
  passwordHistory: 5,
  /** A password must be changed after so long. */
  passwordAgeMs: 180 * 86_400_000,
  /** A password handed out by an operator is void after so long. */
  temporaryPasswordMs: 7 * 86_400_000,
  /** A sign-in at an OpenID Connect provider must be finished within this time. */
  providerFlowMs: 600_000,
  /** Longest time for which a role may be lent, in days. */
  delegationDays: 90,
  /** Addresses and users whose rate is remembered. */
  ratedCallers: 10_000,
  /** Body of a JSON request, in bytes. Files have a limit of their own. */
  jsonBodyBytes: 1_048_576,
  /** Entries of one page of the read log. */
  pageEntries: 200,
  /** How long an idempotency key is remembered. */
  idempotencyMs: 30 * 86_400_000,
} as const;
