/** The little of an event that system projections look at. */
export interface ProjectedEvent {
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly isJson: boolean;
  readonly customMetadata: Uint8Array;
}

/** One of the real server's standard projections: to which derived stream an event adds an entry. */
export interface SystemProjection {
  readonly name: string;
  /** How its derived streams are named: this, then the key. */
  readonly prefix: string;
  /** Whether an entry is a link to the event; otherwise it holds the name of the event's stream. */
  readonly isLink: boolean;
  /** Which of its streams the event adds to, or undefined for none. */
  readonly keyOf: (event: ProjectedEvent) => string | undefined;
}

/** The text before the first dash; a name without one has no category. */
function categoryOf(stream: string): string | undefined {
  const dash = stream.indexOf('-');
  return dash > 0 ? stream.slice(0, dash) : undefined;
}

/** In an order that never changes: an entry's position in the log is made from its place here. */
export const systemProjections: readonly SystemProjection[] = [
  { name: '$by_category', prefix: '$ce-', isLink: true, keyOf: ({ stream }) => categoryOf(stream) },
  { name: '$by_event_type', prefix: '$et-', isLink: true, keyOf: ({ isJson, type }) => (isJson ? type : undefined) },
  { name: '$streams', prefix: '$streams', isLink: true, keyOf: ({ revision }) => (revision === 0 ? '' : undefined) },
  {
    name: '$stream_by_category',
    prefix: '$category-',
    isLink: false,
    keyOf: ({ revision, stream }) => (revision === 0 ? categoryOf(stream) : undefined),
  },
  {
    name: '$by_correlation_id',
    prefix: '$bc-',
    isLink: true,
    keyOf: ({ customMetadata }) => correlationIdOf(customMetadata),
  },
];

/** Which projection keeps a stream of this name, and under which key; undefined for a stream of somebody else. */
export function keeperOf(name: string): { readonly at: number; readonly key: string } | undefined {
  if (!name.startsWith('$')) return undefined;
  const at = systemProjections.findIndex(({ prefix }) =>
    prefix.endsWith('-') ? name.startsWith(prefix) && name.length > prefix.length : name === prefix,
  );
  const keeper = systemProjections[at];
  return keeper && { at, key: name.slice(keeper.prefix.length) };
}

/** Neither system streams nor tombstones and links are projected. */
export const isProjected = ({ stream, type }: ProjectedEvent): boolean =>
  !stream.startsWith('$') && !type.startsWith('$');

const correlationKey = Buffer.from('"$correlationId"');

function correlationIdOf(metadata: Uint8Array): string | undefined {
  if (metadata.length < correlationKey.length) return undefined;
  const bytes = Buffer.from(metadata.buffer, metadata.byteOffset, metadata.byteLength);
  if (!bytes.includes(correlationKey)) return undefined;
  try {
    const parsed = JSON.parse(bytes.toString('utf8')) as { $correlationId?: unknown } | null;
    const id = parsed?.$correlationId;
    return typeof id === 'string' && id !== '' ? id : undefined;
  } catch {
    return undefined;
  }
}
