import { labelOf, linkTextOf, type LogModel } from './log-model.js';

export interface GroupPlan {
  /** A stream's name, or `$all`, which is filtered to the accounts. */
  readonly source: string;
  readonly startFrom: 'start' | 'end' | number;
  readonly maxRetryCount: number;
  readonly maxCheckpointCount: number;
}

export type Answer = 'ack' | 'park' | 'retry' | 'skip';

interface Message {
  /** What an answer names; the same event may stand in a stream twice. */
  readonly id: string;
  /** Revision or place in the log; undefined for what was parked and is replayed. */
  readonly place: number | undefined;
  readonly label: string;
  /** Set when the event is a link. */
  readonly link: string | undefined;
  retryCount: number;
}

/** A persistent subscription by the book: what it delivers, in which order, and where it goes on after a restart. */
export class GroupModel {
  /** Texts of the links in the parked stream, all that ever were; those from `parkedFirst` on are parked now. */
  readonly parked: string[];
  parkedFirst: number;
  checkpoint: number | undefined;
  private beginsAfter = -1;
  private lastRead = -1;
  private retries: Message[] = [];
  private replays: Message[] = [];
  private pending: Message[] = [];
  private inFlight: Message[] = [];
  private answered = 0;
  private bufferSize = 0;
  private replay = { next: 0, end: 0, unanswered: 0 };
  /** Everything delivered since the consumer came. */
  readonly delivered: string[] = [];

  /** @param before a group of the same name and source that was deleted: its parked stream goes on counting */
  constructor(
    private readonly log: LogModel,
    public plan: GroupPlan,
    before: GroupModel | undefined,
  ) {
    this.parked = before?.parked ?? [];
    this.parkedFirst = this.parked.length;
    this.beginsAfter = this.beginning();
    this.lastRead = this.beginsAfter;
  }

  get parkedCount(): number {
    return this.parked.length - this.parkedFirst;
  }

  /** What a graceful stop keeps; `plan` replaces the settings. */
  restart(plan?: GroupPlan): void {
    this.writeCheckpoint(1);
    if (plan) {
      this.plan = plan;
      this.beginsAfter = this.beginning();
    }
    this.lastRead = this.checkpoint ?? this.beginsAfter;
    this.retries = [];
    this.replays = [];
    this.pending = [];
    this.answered = 0;
    this.replay = { next: 0, end: 0, unanswered: 0 };
  }

  connect(bufferSize: number): void {
    this.bufferSize = bufferSize;
    this.delivered.length = 0;
    this.deliver();
  }

  get inFlightCount(): number {
    return this.inFlight.length;
  }

  get hasInFlight(): boolean {
    return this.inFlight.length > 0;
  }

  /** The consumer answers what it has had longest. */
  answerOldest(answer: Answer): void {
    const message = this.inFlight.shift();
    if (!message) throw new Error('Nothing is in flight.');
    if (answer === 'retry') this.retry(message);
    else {
      if (answer === 'park') this.park(message);
      this.complete(message);
    }
    this.deliver();
  }

  /** What was not answered is put back. */
  disconnect(): void {
    for (let message = this.inFlight.shift(); message; message = this.inFlight.shift()) this.retry(message);
    this.bufferSize = 0;
  }

  replayParked(stopAt: number | undefined): void {
    const { next, end } = this.replay;
    this.replay.next = Math.max(next, this.parkedFirst);
    this.replay.end = Math.max(end, Math.min(this.parked.length, stopAt ?? Infinity));
  }

  private deliver(): void {
    this.fill();
    while (this.deliverFrom(this.retries) || this.deliverFrom(this.replays) || this.deliverFrom(this.pending));
  }

  private deliverFrom(queue: Message[]): boolean {
    if (this.inFlight.length >= this.bufferSize) return false;
    const index = queue.findIndex(({ id }) => this.inFlight.every((other) => other.id !== id));
    const [message] = index < 0 ? [] : queue.splice(index, 1);
    if (!message) return false;
    this.inFlight.push(message);
    this.delivered.push(`${this.shown(message)} #${message.retryCount}`);
    return true;
  }

  private shown({ place, label, link }: Message): string {
    return place === undefined ? (this.log.target(link ?? '') ?? 'nothing') : label;
  }

  private fill(): void {
    const { replay } = this;
    if (this.replays.length === 0 && replay.next < replay.end) {
      for (; replay.next < replay.end; replay.next += 1) {
        replay.unanswered += 1;
        const link = this.parked[replay.next] ?? '';
        this.replays.push({ id: `parked ${replay.next}`, place: undefined, label: '', link, retryCount: 0 });
      }
    }
    for (const { id, place, label, link } of this.unread()) {
      this.pending.push({ id, place, label, link, retryCount: 0 });
      this.lastRead = place;
    }
    if (this.plan.source === '$all') this.lastRead = this.log.entries.length - 1;
  }

  private unread(): { id: string; place: number; label: string; link: string | undefined }[] {
    const { source } = this.plan;
    if (source === '$all') {
      return this.log.entries.flatMap(({ stream, revision, id }, place) =>
        place > this.lastRead && stream.startsWith('account-')
          ? [{ id: String(id ?? stream), place, label: labelOf(stream, revision), link: linkTextOf(id) }]
          : [],
      );
    }
    const stream = this.log.stream(source);
    return stream.shownFrom(this.lastRead + 1).map((revision) => {
      const id = stream.ids[revision];
      return { id: String(id), place: revision, label: labelOf(source, revision), link: linkTextOf(id) };
    });
  }

  private beginning(): number {
    const { source, startFrom } = this.plan;
    if (startFrom === 'start') return -1;
    if (startFrom !== 'end') return startFrom - 1;
    return source === '$all' ? this.log.entries.length - 1 : this.log.stream(source).last;
  }

  private retry(message: Message): void {
    if (message.retryCount >= this.plan.maxRetryCount) {
      this.park(message);
      this.complete(message);
      return;
    }
    message.retryCount += 1;
    const place = message.place ?? Infinity;
    const index = this.retries.findIndex((other) => (other.place ?? Infinity) > place);
    this.retries.splice(index < 0 ? this.retries.length : index, 0, message);
  }

  /** A parked link leads to the event itself, through the link if the message was one. */
  private park({ link, label }: Message): void {
    this.parked.push(link ?? label);
  }

  private complete({ place }: Message): void {
    if (place === undefined) {
      this.replay.unanswered -= 1;
      if (this.replay.unanswered === 0 && this.replay.next >= this.replay.end) this.parkedFirst = this.replay.end;
      return;
    }
    this.answered += 1;
    this.writeCheckpoint(this.plan.maxCheckpointCount);
  }

  private writeCheckpoint(dueAt: number): void {
    if (this.answered < Math.max(1, dueAt)) return;
    this.answered = 0;
    const places = [...this.inFlight, ...this.retries, ...this.pending].map(({ place }) => place ?? Infinity);
    const lowest = Math.min(...places);
    const place = Number.isFinite(lowest) ? lowest - 1 : this.lastRead;
    if (place >= 0) this.checkpoint = place;
  }
}
