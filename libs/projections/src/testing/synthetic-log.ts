import type { EventSource, ReadAllOptions } from '@provident/event-store/event-source';
import {
  type DomainEvent,
  type EventMetadata,
  type RecordedEvent,
  businessDate,
  deterministicId,
} from '@provident/kernel';

/** A log in memory for tests and measurements: the read side's only input, without a store. */
export class SyntheticLog implements EventSource {
  private readonly events: RecordedEvent[] = [];
  private readonly readers = new Set<() => void>();

  /** Positions grow by `gap`: a real log has gaps as well. */
  constructor(private readonly gap = 7n) {}

  get head(): bigint {
    return this.events.at(-1)?.position ?? -1n;
  }

  append(event: DomainEvent, stream: string, metadata: Partial<EventMetadata> = {}): RecordedEvent {
    const place = this.events.length;
    const recorded: RecordedEvent = {
      ...event,
      id: deterministicId('synthetic', String(place)),
      stream,
      revision: BigInt(place),
      position: BigInt(place) * this.gap + 3n,
      recordedAt: new Date(Date.UTC(2026, 0, 1) + place * 1000),
      metadata: { ...METADATA, ...metadata },
    };
    this.events.push(recorded);
    for (const wake of this.readers) wake();
    return recorded;
  }

  all(): readonly RecordedEvent[] {
    return this.events;
  }

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    const end = options.live ? Number.POSITIVE_INFINITY : this.events.length;
    let next =
      options.after === undefined ? 0 : this.events.findIndex((event) => event.position > (options.after ?? 0n));
    if (next < 0) next = this.events.length;
    while (next < end && options.signal?.aborted !== true) {
      if (next >= this.events.length) {
        await this.change(options.signal);
        continue;
      }
      const batch = this.events.slice(next, Math.min(next + options.maxBatch, end));
      next += batch.length;
      yield batch;
    }
  }

  private change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.readers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.readers.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}

const METADATA: EventMetadata = {
  commandId: deterministicId('command'),
  correlationId: deterministicId('correlation'),
  causationId: deterministicId('causation'),
  actor: 'test',
  effectiveDate: businessDate('2026-01-31'),
  schemaVersion: 1,
  area: '310000',
};
