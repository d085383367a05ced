import { limits } from '../limits.js';
import type { EventLog, StoredEvent } from '../storage/event-log.js';
import type { DerivedIndex } from './derived-index.js';
import { projectable } from './derived-streams.js';
import { isProjected, type ProjectedEvent, systemProjections } from './system-projection.js';

/** Where one projection is. */
export interface ProjectionStatus {
  readonly name: string;
  readonly isRunning: boolean;
  /** The log could not be read; see `check`. */
  readonly isFaulted: boolean;
  /** Everything up to here is projected. */
  readonly position: number;
}

interface State {
  readonly at: number;
  readonly name: string;
  isRunning: boolean;
  /** Everything written is projected as it is written; otherwise `position` says how far it has come. */
  isLive: boolean;
  position: number;
}

/** What the projector needs of the writing side. */
export interface ProjectorHost {
  /** Runs a step in the next transaction. */
  submit(step: () => void): Promise<unknown>;
  /** Position of the newest event, -1 in an empty log. */
  newestPosition(): number;
  /** Entries were added to these streams outside a transaction. */
  ring(streams: ReadonlySet<string>): void;
}

/**
 * Adds each event to the derived streams: as it is written, or, after a start, a failed transaction or a pause, by following the
 * log until there is nothing left to follow. Which entry is the n-th depends on the log alone.
 */
export class Projector {
  private readonly states: readonly State[];
  private isStopped = false;
  private isFaulted = false;
  private following: Promise<void> | undefined;

  constructor(
    private readonly log: EventLog,
    private readonly index: DerivedIndex,
    private readonly host: ProjectorHost,
  ) {
    this.states = systemProjections.map(({ name }, at) => ({
      at,
      name,
      isRunning: log.about(`${name} stopped`) !== 'yes',
      isLive: false,
      position: this.writtenPosition(name),
    }));
  }

  status(): ProjectionStatus[] {
    const { isFaulted } = this;
    return this.states.map((state) => ({
      name: state.name,
      isRunning: state.isRunning,
      isFaulted,
      position: this.positionOf(state),
    }));
  }

  /** False when there is no projection of this name. A pause keeps its place, over a restart too. */
  async setRunning(name: string, isRunning: boolean): Promise<boolean> {
    const state = this.states.find((each) => each.name === name);
    if (!state) return false;
    if (state.isRunning !== isRunning) {
      state.position = this.positionOf(state);
      state.isLive = false;
      state.isRunning = isRunning;
      await this.host.submit(() => {
        this.log.setAbout(`${name} stopped`, isRunning ? 'no' : 'yes');
        this.write();
      });
    }
    this.follow();
    return true;
  }

  /** Notes an event inside the transaction that writes it; the streams it adds to go into `changed`. */
  note(event: ProjectedEvent, position: number, changed: Set<string>): void {
    if (isProjected(event)) this.add(event, position, changed, (state) => state.isLive);
  }

  /** Last step of each transaction: writes the index when much of it is in memory only. */
  writeIfDue(): void {
    if (this.index.unwrittenEntries >= limits.unwrittenEntries) this.write();
  }

  /** Follows what was written without it. Resolves when it has caught up, or sees that this will take a while. */
  async start(): Promise<void> {
    for (let looked = 0; looked < limits.eventsProjectedAtStart; looked += limits.pageEvents) {
      if (!this.projectPage()) return;
      await this.writeBetweenPages();
    }
    this.follow();
  }

  /** Writes what is in memory only, so that the next start finds everything done. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.following;
    await this.host.submit(() => this.write()).catch(() => undefined);
  }

  /** After a transaction that did not happen: goes back to what is on disk and follows from there. */
  forget(): void {
    this.index.forget();
    for (const state of this.states) {
      state.isLive = false;
      state.position = this.writtenPosition(state.name);
    }
    this.follow();
  }

  private follow(): void {
    if (this.isStopped) return;
    this.following ??= this.followToEnd()
      .catch(() => {
        this.isFaulted = true;
      })
      .finally(() => {
        this.following = undefined;
      });
  }

  private async followToEnd(): Promise<void> {
    do {
      await new Promise((resolve) => setImmediate(resolve));
      await this.writeBetweenPages();
    } while (!this.isStopped && this.projectPage());
  }

  /** Projects the next page of the log; false when there was none, and from then on everything is noted as it is written. */
  private projectPage(): boolean {
    const due = this.states.filter(({ isRunning, isLive }) => isRunning && !isLive);
    if (due.length === 0) return false;
    const from = Math.min(...due.map(({ position }) => position)) + 1;
    const page = this.log.allPage('forwards', from, limits.pageEvents, limits.pageBytes);
    const end = page.at(-1)?.position;
    if (end === undefined) {
      for (const state of due) state.isLive = true;
      return false;
    }
    const changed = new Set<string>();
    for (const event of page) this.projectOld(event, changed);
    for (const state of due) state.position = Math.max(state.position, end);
    this.host.ring(changed);
    return true;
  }

  private projectOld(event: StoredEvent, changed: Set<string>): void {
    const projected = projectable(event);
    if (!projected) return;
    this.add(
      projected,
      event.position,
      changed,
      ({ isRunning, isLive, position }) => isRunning && !isLive && event.position > position,
    );
  }

  private add(event: ProjectedEvent, position: number, changed: Set<string>, isDue: (state: State) => boolean): void {
    for (const state of this.states) {
      if (!isDue(state)) continue;
      const projection = systemProjections[state.at];
      const key = projection?.keyOf(event);
      if (projection === undefined || key === undefined) continue;
      const name = projection.prefix + key;
      this.index.add(name, position);
      changed.add(name);
    }
  }

  /** A failed write, as on a full disk, is tried again with the next transaction. */
  private async writeBetweenPages(): Promise<void> {
    if (this.index.unwrittenEntries < limits.unwrittenEntries) return;
    await this.host.submit(() => this.writeIfDue()).catch(() => undefined);
  }

  private write(): void {
    this.index.write();
    for (const state of this.states) this.log.setAbout(`${state.name} position`, String(this.positionOf(state)));
  }

  private positionOf({ isLive, position }: State): number {
    return isLive ? this.host.newestPosition() : position;
  }

  private writtenPosition(name: string): number {
    return Number(this.log.about(`${name} position`) ?? -1);
  }
}
