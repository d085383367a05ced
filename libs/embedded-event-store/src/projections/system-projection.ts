import type { ProposedEvent } from '../engine/event-writer.js';
import { systemEvent } from '../engine/event-writer.js';
import { linkData } from '../engine/links.js';
import { LINK_TYPE } from '../engine/system-names.js';

/** The little of an event that system projections look at. */
export interface ProjectedEvent {
  readonly stream: string;
  readonly type: string;
  readonly revision: number;
  readonly isJson: boolean;
  readonly customMetadata: Buffer;
}

export interface Emitted {
  readonly stream: string;
  readonly event: ProposedEvent;
}

/** One of the real server's standard projections: what an event adds to which derived stream, or nothing. */
export interface SystemProjection {
  readonly name: string;
  emit(event: ProjectedEvent): Emitted | undefined;
}

const STREAM_REFERENCE_TYPE = '$@';

const linkTo = (stream: string, event: ProjectedEvent): Emitted => ({
  stream,
  event: systemEvent(LINK_TYPE, linkData(event.revision, event.stream), false),
});

/** The text before the first dash; a name without one has no category. */
function categoryOf(stream: string): string | undefined {
  const dash = stream.indexOf('-');
  return dash > 0 ? stream.slice(0, dash) : undefined;
}

export const systemProjections: readonly SystemProjection[] = [
  {
    name: '$by_category',
    emit: (event) => {
      const category = categoryOf(event.stream);
      return category === undefined ? undefined : linkTo(`$ce-${category}`, event);
    },
  },
  { name: '$by_event_type', emit: (event) => (event.isJson ? linkTo(`$et-${event.type}`, event) : undefined) },
  { name: '$streams', emit: (event) => (event.revision === 0 ? linkTo('$streams', event) : undefined) },
  {
    name: '$stream_by_category',
    emit: (event) => {
      const category = event.revision === 0 ? categoryOf(event.stream) : undefined;
      if (category === undefined) return undefined;
      return { stream: `$category-${category}`, event: systemEvent(STREAM_REFERENCE_TYPE, event.stream, false) };
    },
  },
  {
    name: '$by_correlation_id',
    emit: (event) => {
      const id = correlationIdOf(event.customMetadata);
      return id === undefined ? undefined : linkTo(`$bc-${id}`, event);
    },
  },
];

function correlationIdOf(metadata: Buffer): string | undefined {
  if (!metadata.includes('"$correlationId"')) return undefined;
  try {
    const parsed = JSON.parse(metadata.toString('utf8')) as { $correlationId?: unknown } | null;
    return typeof parsed?.$correlationId === 'string' ? parsed.$correlationId : undefined;
  } catch {
    return undefined;
  }
}
