/** Limits of the way to the event store. Each is named where it is hit. */
export const LIMITS = {
  /** Own deadline of one append: the client does not enforce its deadline on a frozen server. */
  appendDeadlineMs: 15_000,
  /** Own deadline of reading one page of a stream. */
  readDeadlineMs: 15_000,
  /** A call whose connection was lost is made again this often; an append with the same event ids. */
  retries: 1,
  /** A command that lost a race for its stream decides again this often. */
  conflictRetries: 8,
  /** Events read at first when a stream is loaded backwards to its last closing; later pages are larger. */
  firstPage: 32,
  laterPage: 512,
  /** Events read at once when the log is searched backwards for the last of Provident's own. */
  headPage: 64,
  /** Folded streams kept in memory, oldest use goes first. */
  cachedStreams: 100_000,
  /** Commands remembered per stream, to recognise one that is repeated. */
  rememberedCommands: 64,
  /** Bytes of event data, metadata and (twice) types in one append, as the server counts; its own limit is 1 MiB. */
  appendBytes: 1_000_000,
  /** Events buffered between the subscription and its reader. */
  subscriptionBuffer: 8_192,
  /** Wait before a broken subscription is opened again; doubles up to the second figure. */
  resubscribeMs: 100,
  resubscribeMaxMs: 5_000,
  /** Events taken from the event store and not yet reacted to: reactions on different streams work side by side. */
  reactionBuffer: 32,
  reactionReadBatch: 200,
  /** How long the event store's note of what was reacted to may lag behind. */
  reactionCheckpointMs: 250,
  /** Deliveries of one event before the event store would put it aside: never, as far as we can say it. */
  reactionDeliveries: 2_000_000_000,
  /** Handled events that a process remembers beyond that note. */
  rememberedReactions: 10_000,
  /** Wait between two looks whether everything has been reacted to. */
  idlePollMs: 20,
  /** Tries of one reaction before it stops the runner, and the wait between them. */
  reactionTries: 5,
  reactionRetryMs: 200,
} as const;
