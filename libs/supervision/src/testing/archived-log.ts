import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { businessDate, deterministicId } from '@provident/kernel';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { type ExportOptions, exportArchive } from '../archive/export-archive.js';

/** A log of some streams with events of two types: texts in two scripts, amounts, nesting. */
export function logOf(count: number): SyntheticLog {
  const log = new SyntheticLog();
  for (let place = 0; place < count; place += 1) addTo(log, place);
  return log;
}

export function addTo(log: SyntheticLog, place: number): void {
  const data = {
    name: `张${String.fromCodePoint(0x4e00 + (place % 400))}`,
    amount: `${place}.0${place % 10}`,
    lines: [
      { scheme: 'pension', payer: 'employee' },
      { ok: place % 3 === 0, rate: 0.08, none: null },
    ],
  };
  const type = place % 4 === 0 ? 'PersonRegistered' : 'ContributionCredited';
  log.append({ type, data }, `account-${deterministicId('stream', String(place % 7))}`, {
    effectiveDate: businessDate('2025-03-31'),
    commandId: deterministicId('command', String(place)),
  });
}

export interface TestFolder {
  readonly path: (name: string) => string;
  remove(): void;
}

export function testFolder(): TestFolder {
  const folder = mkdtempSync(join(tmpdir(), 'provident-archive-'));
  return { path: (name) => join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Small parts and files, so that a short log has several of each. */
export const SMALL = { groupEvents: 32, segmentEvents: 96 };

export function archived(log: SyntheticLog, folder: string, options: Partial<ExportOptions> = {}) {
  return exportArchive({ folder, source: log, sizes: SMALL, ...options });
}
