/** Every bound the server enforces, in one place. Sizes are bytes, times milliseconds unless the name says otherwise. */
export const limits = {
  /** The real server's default: the sum of data, metadata and twice the type's length over one append. */
  defaultMaxAppendBytes: 1_048_576,
  /** A client may configure at most this; one event must still fit a message. */
  highestMaxAppendBytes: 16 * 1_048_576,
  /** One gRPC message; the official client receives up to this as well. */
  messageBytes: 17 * 1_048_576,
  streamNameBytes: 1_024,
  eventTypeBytes: 1_024,
  /** How long the server waits for the chunks of one append, and the most it lets a batch wait. */
  writeTimeoutMs: 2_000,
  /** Events of one append. */
  appendEvents: 100_000,
  /** Reads, subscriptions, consumers and batch calls that one connection may have open. */
  openCallsPerConnection: 1_000,
  /** Persistent subscriptions, consumers of each, and messages a consumer may have unanswered. */
  groups: 1_000,
  consumersPerGroup: 1_000,
  consumerMessages: 10_000,
  /** Unfinished batch appends of one call. */
  openBatchesPerCall: 10_000,
  /** Streams whose last revision and metadata are kept in memory. */
  cachedStreams: 100_000,
  /** How many of a stream's newest events are searched for a repeated id when an append expects "any" revision. */
  recentIdsPerStream: 1_024,
  /** Event ids kept in memory over all streams. */
  cachedIds: 400_000,
  /** Entries of derived streams that are kept in memory before they are written, and streams whose end stays in memory. */
  unwrittenEntries: 4_096,
  openDerivedStreams: 50_000,
  /** Events a start looks at for the derived streams before it goes on with that in the background. */
  eventsProjectedAtStart: 20_000,
  /** Rows and bytes taken from the log in one go by a read or a subscription. */
  pageEvents: 256,
  pageBytes: 1_048_576,
  /** Bytes of the newest events that stay in memory for those who follow the log. */
  tailBytes: 16 * 1_048_576,
  /** Writes of one commit; more wait for the next. */
  commitWrites: 2_000,
  /** Characters of a filter's regular expression, prefixes of a filter, and the time one page of names may take to match. */
  filterRegexLength: 1_024,
  filterPrefixes: 1_024,
  filterRegexMs: 250,
  /** Names whose filter result is remembered by one read or subscription. */
  filterMemo: 10_000,
  /** The real server's search window for a filtered read whose client names none. */
  defaultSearchWindow: 32,
  /** How long a stop waits for clients before it cuts their connections. */
  stopMs: 2_000,
  /** Right passwords kept as digests, so that not every call costs a slow hash. */
  rememberedSignIns: 1_000,
  /** Starting checks read a file of up to this size completely; a larger one has only its newest events checked. */
  fullCheckAtStartBytes: 128 * 1_048_576,
  newestEventsCheckedAtStart: 10_000,
} as const;
