import type { EventStore } from '../engine/event-store.js';
import { Doorbell } from '../engine/wakeups.js';
import { idOf } from '../protocol/event-frame.js';
import type { StoredEvent } from '../storage/event-log.js';
import { Checkpoints } from './checkpoints.js';
import { type Client, Consumer } from './consumer.js';
import { consumerStrategy } from './consumer-strategy.js';
import type { GroupConfig } from './group-settings.js';
import { groupSource } from './group-source.js';
import { InFlight } from './in-flight.js';
import type { Message } from './message.js';
import { MessageTimer } from './message-timer.js';
import { ParkedMessages } from './parked-messages.js';
import { Replay } from './replay.js';

/** What a consumer asks for with a message it does not acknowledge. */
export type NackAction = 'park' | 'retry' | 'skip' | 'stop';

/**
 * A persistent subscription: competing consumers of one source, whose progress the server keeps. Messages are read from the
 * log as consumers take them; each is delivered until it is acknowledged, skipped or, after too many attempts, parked.
 */
export class Group {
  readonly consumers: Consumer[] = [];
  readonly inFlight = new InFlight();
  readonly parked: ParkedMessages;
  readonly checkpoints: Checkpoints;
  /** Waiting for a consumer: what failed before, then what is replayed, then what is new. */
  readonly retries: Message[] = [];
  readonly replays: Message[] = [];
  readonly pending: Message[] = [];
  readonly startedMs: number;
  answered = 0;
  private readonly parking = new Set<Message>();
  private readonly source;
  private readonly strategy;
  private readonly replay: Replay;
  private readonly timer: MessageTimer;
  private readonly checkpointTimer: NodeJS.Timeout;
  private readonly bell = new Doorbell();
  private answeredSinceCheckpoint = 0;
  /** Everything up to here was read. */
  private lastRead: number;
  private isStopped = false;

  constructor(
    private readonly store: EventStore,
    readonly config: GroupConfig,
  ) {
    const { settings } = config;
    this.source = groupSource(store, config);
    this.strategy = consumerStrategy(settings.strategy);
    this.parked = new ParkedMessages(store, config);
    this.replay = new Replay(this.parked);
    this.checkpoints = new Checkpoints(store, config);
    this.lastRead = this.checkpoints.place ?? config.beginsAfter;
    this.startedMs = store.clock();
    this.timer = new MessageTimer(settings.messageTimeoutMs, this.inFlight, store.clock, (late) => this.retryAll(late));
    this.checkpointTimer = setInterval(
      () => this.checkpointIfDue(settings.minCheckpointCount),
      Math.max(1, settings.checkpointAfterMs),
    );
    this.checkpointTimer.unref();
    store.wakeups.attach(this.source.wakeKey, this.bell);
    // A source that cannot be read ends the group's work: its consumers are dropped and learn why when they read it.
    this.run().catch(() => this.stop(true));
  }

  connect(client: Client): Consumer {
    const consumer = new Consumer(client);
    this.consumers.push(consumer);
    this.bell.ring();
    return consumer;
  }

  /** What the consumer had not answered is delivered to another. */
  disconnect(consumer: Consumer): void {
    const index = this.consumers.indexOf(consumer);
    if (index < 0 || this.isStopped) return;
    this.consumers.splice(index, 1);
    this.retryAll(this.inFlight.takeAllOf(consumer));
  }

  acknowledge(consumer: Consumer, ids: readonly string[]): void {
    for (const message of this.taken(consumer, ids)) this.complete(message);
    this.bell.ring();
  }

  refuse(consumer: Consumer, ids: readonly string[], action: NackAction, reason: string): void {
    // Stop means to leave the message alone: it comes again when its time is over or the consumer leaves.
    if (action === 'stop') return;
    for (const message of this.taken(consumer, ids)) {
      if (action === 'skip') this.complete(message);
      else if (action === 'park') this.park(message, reason === '' ? "Client explicitly NAK'ed message." : reason);
      else this.retry(message);
    }
    this.bell.ring();
  }

  replayParked(stopAt: number | undefined): void {
    this.replay.request(stopAt);
    this.bell.ring();
  }

  /** Ends the group's work: progress is kept, and consumers are told when `drops`. */
  stop(drops: boolean): void {
    if (this.isStopped) return;
    this.isStopped = true;
    this.timer.stop();
    clearInterval(this.checkpointTimer);
    this.store.wakeups.detach(this.source.wakeKey, this.bell);
    this.checkpointIfDue(1);
    this.bell.ring();
    if (drops) for (const consumer of this.consumers.splice(0)) consumer.client.drop();
  }

  /** True when every event of the source has been read. */
  get isLive(): boolean {
    return this.lastRead >= this.source.newest();
  }

  get newestPlace(): number {
    return this.source.newest();
  }

  /** Delivered or waiting messages that have no final answer. */
  outstanding(): Message[] {
    return [...this.inFlight.messages(), ...this.retries, ...this.parking, ...this.pending];
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      await this.store.commits.settled();
      const hasRead = this.consumers.length > 0 && this.fill();
      this.deliver();
      if (hasRead) await new Promise((resolve) => setImmediate(resolve));
      else await this.bell.wait();
    }
  }

  /** Reads more when there is room for a batch; true when something was read. */
  private fill(): boolean {
    const hasReplays = this.fillReplays();
    return this.fillPending() || hasReplays;
  }

  private fillReplays(): boolean {
    if (this.replays.length > 0) return false;
    const parked = this.replay.read(this.config.settings.readBatchSize);
    this.replays.push(...parked.map((event) => this.message(event, undefined, true)));
    return parked.length > 0;
  }

  private fillPending(): boolean {
    const { readBatchSize, historyBufferSize, resolveLinks } = this.config.settings;
    if (this.pending.length + readBatchSize > historyBufferSize) return false;
    const read = this.source.read(this.lastRead + 1, readBatchSize);
    if (!read) return false;
    for (const event of read.events) {
      this.pending.push(this.message(event, this.source.placeOf(event), resolveLinks));
    }
    this.lastRead = read.lastPlace;
    return true;
  }

  private message(event: StoredEvent, place: number | undefined, followsLink: boolean): Message {
    const sourceStream = this.store.links.sourceStreamOf(event);
    return { id: idOf(event.frame), event, place, followsLink, sourceStream, retryCount: 0 };
  }

  private deliver(): void {
    while (this.deliverNext(this.retries) || this.deliverNext(this.replays) || this.deliverNext(this.pending));
    this.timer.schedule();
  }

  private deliverNext(queue: Message[]): boolean {
    for (const [index, message] of queue.entries()) {
      // An event that is in its stream twice must wait for the first answer, because answers name only the id.
      if (this.inFlight.has(message.id)) continue;
      const choice = this.strategy.choose(message, this.consumers);
      if (choice === 'full') return false;
      if (choice === 'later') continue;
      queue.splice(index, 1);
      this.inFlight.add(message, choice, this.store.clock());
      choice.client.deliver(message);
      return true;
    }
    return false;
  }

  private taken(consumer: Consumer, ids: readonly string[]): Message[] {
    return ids.flatMap((id) => this.inFlight.take(id, consumer, this.store.clock()) ?? []);
  }

  private retryAll(messages: readonly Message[]): void {
    for (const message of messages) this.retry(message);
    this.bell.ring();
  }

  private retry(message: Message): void {
    if (message.retryCount >= this.config.settings.maxRetryCount) {
      this.park(message, `The message was delivered ${message.retryCount + 1} times without being acknowledged.`);
      return;
    }
    message.retryCount += 1;
    this.putBack(message);
  }

  /** Retries go out in the order of their source. */
  private putBack(message: Message): void {
    const place = message.place ?? Infinity;
    const index = this.retries.findIndex((other) => (other.place ?? Infinity) > place);
    this.retries.splice(index < 0 ? this.retries.length : index, 0, message);
  }

  private park(message: Message, reason: string): void {
    this.parking.add(message);
    this.parked.park(message, reason).then(
      () => {
        this.parking.delete(message);
        this.complete(message);
      },
      // Not on disk, so not parked: it is delivered again.
      () => {
        this.parking.delete(message);
        this.putBack(message);
        this.bell.ring();
      },
    );
  }

  private complete(message: Message): void {
    this.answered += 1;
    if (message.place === undefined) {
      // If this cannot be written the messages stay parked and may be replayed again.
      this.replay.answered().catch(() => undefined);
      return;
    }
    this.answeredSinceCheckpoint += 1;
    this.checkpointIfDue(this.config.settings.maxCheckpointCount);
  }

  private checkpointIfDue(dueAt: number): void {
    if (this.answeredSinceCheckpoint < Math.max(1, dueAt)) return;
    this.answeredSinceCheckpoint = 0;
    const lowest = Math.min(...this.outstanding().map(({ place }) => place ?? Infinity));
    // If this cannot be written a later one will; until then a restart repeats a little more.
    this.checkpoints.write(Number.isFinite(lowest) ? lowest - 1 : this.lastRead).catch(() => undefined);
  }
}
