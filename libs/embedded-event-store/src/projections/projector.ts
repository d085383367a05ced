import type { EventStore } from '../engine/event-store.js';
import { allPage } from '../engine/pages.js';
import { Doorbell, Wakeups } from '../engine/wakeups.js';
import { namesOf, recordOf, TOMBSTONE } from '../protocol/event-frame.js';
import { messages } from '../protocol/requests.js';
import type { StoredEvent } from '../storage/event-log.js';
import { type ProjectedEvent, type SystemProjection, systemProjections } from './system-projection.js';

/** Where one projection is. */
export interface ProjectionStatus {
  readonly name: string;
  readonly isRunning: boolean;
  /** The log could not be read; see `check`. */
  readonly isFaulted: boolean;
  /** Everything up to here is projected. */
  readonly position: number;
}

/**
 * Follows the log and writes the derived streams behind it. Links and the place they were made from are one transaction, so a
 * crash neither loses nor repeats a link.
 */
export class Projector {
  private readonly bell = new Doorbell();
  private readonly states: Map<string, { projection: SystemProjection; isRunning: boolean; position: number }>;
  private isStopped = false;
  private isFaulted = false;

  constructor(private readonly store: EventStore) {
    this.states = new Map(
      systemProjections.map((projection) => [
        projection.name,
        {
          projection,
          isRunning: store.log.about(`${projection.name} stopped`) !== 'yes',
          position: Number(store.log.about(`${projection.name} position`) ?? -1),
        },
      ]),
    );
    store.wakeups.attach(Wakeups.wholeLog, this.bell);
  }

  status(): ProjectionStatus[] {
    return [...this.states].map(([name, { isRunning, position }]) => ({
      name,
      isRunning,
      isFaulted: this.isFaulted,
      position,
    }));
  }

  /** False when there is no projection of this name. */
  async setRunning(name: string, isRunning: boolean): Promise<boolean> {
    const state = this.states.get(name);
    if (!state) return false;
    state.isRunning = isRunning;
    await this.store.commits.submit(() => this.store.log.setAbout(`${name} stopped`, isRunning ? 'no' : 'yes'));
    this.bell.ring();
    return true;
  }

  /** Begins to follow the log, until `stop`. */
  start(): void {
    this.follow().catch(() => {
      this.isFaulted = true;
    });
  }

  stop(): void {
    this.isStopped = true;
    this.store.wakeups.detach(Wakeups.wholeLog, this.bell);
    this.bell.ring();
  }

  /** A failed write, as on a full disk, is tried again at the next append. */
  private async follow(): Promise<void> {
    while (!this.isStopped) {
      const page = this.nextPage();
      const isWritten = page.length > 0 && (await this.project(page).catch(() => false));
      if (!isWritten) await this.bell.wait();
    }
  }

  private running() {
    return [...this.states.values()].filter(({ isRunning }) => isRunning);
  }

  private nextPage(): StoredEvent[] {
    const lowest = Math.min(...this.running().map(({ position }) => position));
    return Number.isFinite(lowest) ? allPage(this.store, 'forwards', lowest + 1, Infinity) : [];
  }

  private async project(page: readonly StoredEvent[]): Promise<boolean> {
    const end = page.at(-1)?.position ?? -1;
    const states = this.running();
    const emitted = page.flatMap((event) => {
      const projected = describe(event);
      if (!projected) return [];
      const due = states.filter(({ position }) => event.position > position);
      return due.flatMap(({ projection }) => projection.emit(projected) ?? []);
    });
    // A page that adds nothing, as the links themselves, is not worth a write: after a restart it is looked at again.
    if (emitted.length > 0) {
      await this.store.commits.submit(() => {
        for (const { stream, event } of emitted) this.store.commands.appendNow(stream, 'any', [event]);
        for (const { projection, position } of states) {
          this.store.log.setAbout(`${projection.name} position`, String(Math.max(end, position)));
        }
      });
    }
    for (const state of states) state.position = Math.max(end, state.position);
    return true;
  }
}

/** Undefined for what is never projected: system streams, which hold the links themselves, and tombstones. */
function describe(event: StoredEvent): ProjectedEvent | undefined {
  const { stream, type } = namesOf(event.frame);
  if (stream.startsWith('$') || type.startsWith('$') || event.revision === TOMBSTONE) return undefined;
  const { metadata, customMetadata } = messages.recordedEvent.decode(recordOf(event.frame));
  const isJson = metadata['content-type'] === 'application/json';
  return { stream, type, revision: event.revision, isJson, customMetadata };
}
