import type { EventStore } from '../engine/event-store.js';
import { systemEvent } from '../engine/event-writer.js';
import { streamPage } from '../engine/pages.js';
import { recordOf } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import { checkpointStream, type GroupKey, parsePlace, placeText } from './group-key.js';

/** A group's progress on disk: everything up to the last written place was answered. */
export class Checkpoints {
  private last: number | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly key: GroupKey,
  ) {
    this.last = this.load();
  }

  /** The last written place; undefined when there is none. */
  get place(): number | undefined {
    return this.last;
  }

  async write(place: number): Promise<void> {
    if (place < 0 || place === this.last) return;
    this.last = place;
    const event = systemEvent('$SubscriptionCheckpoint', JSON.stringify(placeText(this.key, place)));
    await this.store.commands.append(checkpointStream(this.key), 'any', [event]);
  }

  private load(): number | undefined {
    const stream = checkpointStream(this.key);
    const { last } = this.store.catalog.stateOf(stream);
    const [newest] = last < 0 ? [] : streamPage(this.store, stream, 'backwards', last, 1);
    if (!newest) return undefined;
    const text: unknown = JSON.parse(messages.recordedEvent.decode(recordOf(newest.frame)).data.toString('utf8'));
    return typeof text === 'string' ? parsePlace(text) : undefined;
  }
}
