import type { PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/** The rows of a query in COPY's text format, one after the other, with bounded memory. */
export class CopiedRows {
  private readonly chunks: AsyncIterator<Buffer>;
  private lines: string[] = [];
  private place = 0;
  private rest: Buffer = Buffer.alloc(0);

  constructor(client: PoolClient, query: string) {
    const stream = client.query(copyTo(`copy (${query}) to stdout`)) as AsyncIterable<Buffer>;
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** The next row; `undefined` behind the last one. */
  async next(): Promise<string | undefined> {
    while (this.place >= this.lines.length) {
      const chunk = await this.chunks.next();
      if (chunk.done === true) return undefined;
      // A line break inside a value is escaped, so every one ends a row; a row may be cut between two chunks.
      const bytes = this.rest.byteLength === 0 ? chunk.value : Buffer.concat([this.rest, chunk.value]);
      const end = bytes.lastIndexOf(10) + 1;
      this.rest = bytes.subarray(end);
      this.lines = end === 0 ? [] : bytes.toString('utf8', 0, end - 1).split('\n');
      this.place = 0;
    }
    this.place += 1;
    return this.lines[this.place - 1];
  }

  /** Reads what is left, so that the connection can be used again. */
  async drain(): Promise<void> {
    while ((await this.chunks.next()).done !== true);
  }
}

/** The cells of a row; `null` for none. */
export function cellsOf(line: string): (string | null)[] {
  return line.split('\t').map((cell) => (cell === '\\N' ? null : cell.includes('\\') ? unescaped(cell) : cell));
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function unescaped(cell: string): string {
  return cell.replace(/\\(.)/gs, (_, letter: string) => ESCAPES[letter] ?? letter);
}
