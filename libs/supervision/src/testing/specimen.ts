import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventSource } from '@provident/event-store/event-source';
import type { RecordedEvent } from '@provident/kernel';
import type { CheckpointReader } from '../archive/checkpoint-watch.js';
import { exportArchive } from '../archive/export-archive.js';
import type { Manifest } from '../archive/manifest.js';
import { Peaks } from '../archive/peaks.js';
import { checkpointsSignedBy } from '../archive/signed-by.js';
import { newKey, LOG_KEY } from '../checkpoints/note-keys.js';
import { checkpointText, signNote } from '../checkpoints/signed-note.js';
import { canonicalRecord } from '../tree/canonical-record.js';
import { leafHash } from '../tree/merkle-hash.js';
import { logOf, SMALL } from './archived-log.js';

const ORIGIN = 'provident/310000';
const EVENTS = 300;
/** Sizes at which the sound log was signed; the last covers all of it. */
const SIGNED_AT = [64, 150, 231, EVENTS];

/** A sound archive whose log was signed, to be changed in every way and examined. */
export class Specimen {
  private constructor(
    private readonly folder: string,
    readonly events: readonly RecordedEvent[],
    readonly manifest: Manifest,
    readonly files: ReadonlyMap<string, Buffer>,
    readonly checkpoints: readonly string[],
    readonly openCheckpoint: CheckpointReader,
  ) {}

  static async make(folder: string): Promise<Specimen> {
    const events = logOf(EVENTS).all();
    const manifest = await archiveOf(events, join(folder, 'sound'));
    const key = newKey(ORIGIN, LOG_KEY);
    const tree = new Peaks();
    const checkpoints = events.flatMap((event) => {
      tree.append(leafHash(canonicalRecord(event)));
      if (!SIGNED_AT.includes(tree.size)) return [];
      const head = { origin: ORIGIN, size: tree.size, root: tree.root().toString('base64') };
      return [signNote(checkpointText(head), key)];
    });
    return new Specimen(
      folder,
      events,
      manifest,
      filesOf(join(folder, 'sound')),
      checkpoints,
      checkpointsSignedBy([key.publicKey.text]),
    );
  }

  /** The folder of an archive with these files. */
  put(files: ReadonlyMap<string, Buffer>): string {
    const path = this.path('changed');
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path);
    for (const [name, bytes] of files) writeFileSync(join(path, name), bytes);
    return path;
  }

  /** The files of an archive that was made, manifest and all, of other events. */
  async forged(events: readonly RecordedEvent[]): Promise<ReadonlyMap<string, Buffer>> {
    const path = this.path('forged');
    rmSync(path, { recursive: true, force: true });
    await archiveOf(events, path);
    return filesOf(path);
  }

  /** A copy of the sound archive. */
  copy(name: string): string {
    cpSync(this.path('sound'), this.path(name), { recursive: true });
    return this.path(name);
  }

  private path(name: string): string {
    return join(this.folder, name);
  }
}

function archiveOf(events: readonly RecordedEvent[], folder: string): Promise<Manifest> {
  const source: EventSource = {
    async *batches() {
      yield await Promise.resolve(events);
    },
  };
  return exportArchive({ folder, source, sizes: SMALL });
}

function filesOf(folder: string): ReadonlyMap<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}
