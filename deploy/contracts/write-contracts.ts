import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '@provident/kernel';
import type { Contracts } from './contracts.js';

const RULE =
  'Old events stay readable for ever, and new events for older consumers (deploy/contracts/compatibility.ts).';

/** Fails when the folder is not what the code promises. Throws `contracts-drifted` or `contracts-broken`. */
export function checkContracts({ findings, drift }: Contracts): void {
  refuseBroken(findings);
  if (drift.length === 0) return;
  throw new DomainError(
    'contracts-drifted',
    `These contracts differ from the code:\n${listed(drift)}`,
    'The committed contracts are what the code promises.',
    'Run `npm run contracts`, look at the difference, and commit it.',
  );
}

export interface WriteOptions {
  /** Take changes that consumers can bear, such as a new optional field. */
  readonly accept: boolean;
  /** Event types that no log but those of developers holds: their contracts are drafts, and may change in any way. */
  readonly unreleased: readonly string[];
}

/**
 * Writes what differs, and answers the paths. Throws `contracts-broken` for a change that needs a new schema version, and
 * `contracts-not-accepted` for one that somebody has to accept; nothing is written then.
 */
export function writeContracts(folder: string, contracts: Contracts, options: WriteOptions): readonly string[] {
  const [drafts, findings] = parted(contracts.findings, ({ type }) => options.unreleased.includes(type));
  refuseBroken(findings);
  const open = findings.filter(({ verdict }) => verdict === 'accept');
  if (open.length > 0 && !options.accept) {
    throw new DomainError(
      'contracts-not-accepted',
      `These changes are compatible, but change what consumers are promised:\n${listed(open.map(told))}`,
      RULE,
      'Look at each; then run `npm run contracts -- --accept`.',
    );
  }
  const gone = drafts.filter(({ rule }) => GONE.includes(rule)).map(({ file }) => file);
  const written = [...new Set([...contracts.drift, ...gone])].sort();
  for (const path of written) {
    const content = contracts.files.get(path);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    if (content === undefined) rmSync(file);
    else writeFileSync(file, content);
  }
  return written;
}

/** Rules that speak of a file for which the code has no counterpart. */
const GONE = ['type-removed', 'category-changed', 'version-went-back'];

function parted<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function refuseBroken(findings: Contracts['findings']): void {
  const broken = findings.filter(({ verdict }) => verdict === 'new-version');
  if (broken.length === 0) return;
  throw new DomainError(
    'contracts-broken',
    `These changes break released contracts:\n${listed(broken.map(told))}`,
    RULE,
    'Take the change back, or do what stands with it. Where no log but those of developers holds such events yet: `npm run contracts -- --unreleased <Type>`.',
  );
}

function told({ file, text }: Contracts['findings'][number]): string {
  return `${file}: ${text}`;
}

function listed(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join('\n');
}
