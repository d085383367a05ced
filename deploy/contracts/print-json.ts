/** Columns of a line; the formatter of the repository breaks at the same one. */
const LINE_COLUMNS = 120;

/** JSON as the repository's formatter writes it: lists of plain values on one line where they fit. Ends with a newline. */
export function printJson(value: unknown): string {
  return `${print(value, 0, 0)}\n`;
}

function print(value: unknown, depth: number, column: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? (value as unknown[]).map((each) => ['', each] as const)
    : Object.entries(value).map(([key, each]) => [`${JSON.stringify(key)}: `, each] as const);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  const inside = '  '.repeat(depth + 1);
  if (Array.isArray(value) && entries.every(([, each]) => typeof each !== 'object')) {
    const line = `[${entries.map(([, each]) => JSON.stringify(each)).join(', ')}]`;
    // One more column for the comma that may follow.
    if (column + line.length + 1 <= LINE_COLUMNS) return line;
  }
  const parts = entries.map(([key, each]) => `${inside}${key}${print(each, depth + 1, inside.length + key.length)}`);
  return `${open}\n${parts.join(',\n')}\n${'  '.repeat(depth)}${close}`;
}
