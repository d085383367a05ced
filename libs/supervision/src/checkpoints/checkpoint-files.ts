import { randomUUID } from 'node:crypto';
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointReader } from './checkpoint-reader.js';

/**
 * Checkpoints and attestations as files, for a web server, a backup or a notice board to hand on: `latest`, a file per
 * checkpoint named by its size, `keys` and `witnesses` with a public key a line, `attestation-<day>`. They only repeat what
 * the log says, so they can be written again at any time.
 */
export class CheckpointFiles {
  private readonly written = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly reader: CheckpointReader,
  ) {}

  /** Brings the folder up to what the log says. */
  async write(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const checkpoints = await this.reader.checkpoints();
    for (const { size, note } of checkpoints) await this.put(String(size), note);
    for (const { day, note } of await this.reader.attestations()) await this.put(`attestation-${day}`, note);
    const keys = await this.reader.signingKeys();
    await this.put('keys', lines(keys.map(({ key }) => key)));
    await this.put('witnesses', lines((await this.reader.witnesses()).map(({ key }) => key)));
    const last = checkpoints.at(-1);
    if (last !== undefined) await this.put('latest', last.note);
  }

  /** Whole or not at all: written beside its place, under a name that no other writer has, and moved there. */
  private async put(name: string, text: string): Promise<void> {
    if (text === '' || this.written.get(name) === text) return;
    const path = join(this.folder, name);
    const draft = `${path}.${randomUUID()}.new`;
    const file = await open(draft, 'wx', 0o644);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
    this.written.set(name, text);
  }
}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('');
