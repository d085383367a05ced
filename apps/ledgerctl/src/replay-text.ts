import type { NamedDifference, ReplayReport } from '@provident/supervision';

/** A replay for people: the digests, then every difference with its account and events. */
export function replayText({ digest, eventsPerSecond, comparison }: ReplayReport): string {
  const lines = [
    ...digest.tables.map(({ table, rows, sha256 }) => `${sha256}  ${table} (${rows} rows)`),
    `${digest.sha256}  everything: ${digest.events} events up to position ${digest.position}`,
    `${eventsPerSecond} events a second`,
  ];
  if (comparison === undefined) return lines.join('\n');
  const { position, continued, tables, notCompared, same } = comparison;
  if (continued > 0n) lines.push(`${continued} later events were taken from the live log to compare.`);
  if (notCompared.length > 0) lines.push(`Not compared, because they show later events: ${notCompared.join(', ')}`);
  for (const { table, differing, differences } of tables) {
    lines.push(`${table}: ${differing} rows differ`, ...differences.map(differenceText));
    if (differing > differences.length) lines.push(`  … and ${differing - differences.length} more`);
  }
  lines.push(
    same ? `Production shows the same figures at position ${position}.` : `Production differs at position ${position}.`,
  );
  return lines.join('\n');
}

function differenceText({ kind, key, account, events, columns }: NamedDifference): string {
  const row = Object.entries(key).map(([name, cell]) => `${name} ${cell ?? '-'}`);
  const whose = account === undefined ? '' : ` [${account}]`;
  const behind = events.length === 0 ? '' : `; events at ${events.join(', ')}`;
  const changes = columns.map(({ column, live, replayed }) => `${column} is ${live ?? '-'}, not ${replayed ?? '-'}`);
  const what = { missing: 'missing', unexpected: 'in no event', different: changes.join('; ') }[kind];
  return `  ${row.join(', ')}${whose}: ${what}${behind}`;
}
