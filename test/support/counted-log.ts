import type { EventSource, ReadAllOptions } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import type { Counted } from '@provident/projections/testing/tally';

export const counted = (name: string, amount: number, note?: string) => ({
  type: 'Counted',
  data: { name, amount, ...(note === undefined ? {} : { note }) } satisfies Counted,
});

/** A log of so many events over streams of three categories, of which the third has no topic of its own. */
export function countedLog(events: number, streams = 20): SyntheticLog {
  const log = new SyntheticLog();
  for (let place = 0; place < events; place += 1) appendCounted(log, place, streams);
  return log;
}

export function appendCounted(log: SyntheticLog, place: number, streams = 20): RecordedEvent {
  const stream = `${'abc'[place % 3] ?? ''}-${place % streams}`;
  return log.append(counted(`name ${place % 7}`, place), stream);
}

/** The same log in batches of at most so many, so that more happens between them. */
export class SlowSource implements EventSource {
  constructor(
    private readonly source: EventSource,
    private readonly mostAtOnce: number,
    private readonly between: () => Promise<unknown> = () => Promise.resolve(),
  ) {}

  async *batches(options: ReadAllOptions): AsyncGenerator<readonly RecordedEvent[]> {
    for await (const batch of this.source.batches({ ...options, maxBatch: this.mostAtOnce })) {
      await this.between();
      if (options.signal?.aborted === true) return;
      yield batch;
    }
  }
}
