/** Limits of the way through Kafka. Each is named where it is hit. */
export const LIMITS = {
  /** Largest value and headers of one message, in bytes. The event store takes 1 MiB at most; the rest is for headers. */
  messageBytes: 1_500_000,
  /** What a topic takes in one request for one partition (`max.message.bytes`): a full batch and its framing. */
  topicMessageBytes: 4 * 1024 * 1024,
  /** Most events, and most bytes, that the relay has under way at once. */
  relayBatchEvents: 2_000,
  relayBatchBytes: 1_500_000,
  /** Streams whose partition the relay remembers. */
  rememberedStreams: 100_000,
  /** A busy relay tells how far it is this often; an idle one at once. */
  relayCheckpointMs: 200,
  /** Bytes of one partition that a consumer takes at once. */
  fetchPartitionBytes: 2 * 1024 * 1024,
  /** Longest wait of the broker, and of a consumer with nothing to fetch, before they look again. */
  fetchWaitMs: 100,
  /** Partitions that one projector works on at the same time: one folds while others wait for the database. */
  partitionsAtOnce: 3,
  /** Most events in one transaction of one partition. */
  transactionEvents: 5_000,
  /** Events of one partition that wait for those of the others when the log's order is put together again. */
  mergeBufferEvents: 5_000,
  /** Event ids of one partition that are remembered, to notice one that comes a second time under another position. */
  rememberedIds: 20_000,
  /** A group's member that is silent for so long has lost its partitions; it makes itself heard three times as often. */
  sessionMs: 12_000,
  heartbeatMs: 2_000,
  /** How long a rebalance waits for members to hand in what they are doing. */
  rebalanceMs: 30_000,
  /** Wait before something that failed is tried again: doubles from the first to the second figure. */
  firstRetryMs: 100,
  longestRetryMs: 5_000,
  connectMs: 5_000,
  requestMs: 30_000,
} as const;
