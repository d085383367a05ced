/** Base-128 integers of the protocol buffers wire format, for non-negative numbers that a double holds exactly. */

export function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Writes `value` at `offset` and returns the offset behind it. */
export function writeVarint(target: Uint8Array, offset: number, value: number): number {
  let at = offset;
  let rest = value;
  while (rest >= 128) {
    target[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  target[at++] = rest;
  return at;
}

/** Reads one integer. `end` is the offset behind it; it lies beyond the bytes when they are cut short. */
export function readVarint(source: Uint8Array, offset: number): { value: number; end: number } {
  let value = 0;
  let factor = 1;
  let at = offset;
  for (;;) {
    const byte = source[at++];
    if (byte === undefined) return { value, end: source.length + 1 };
    value += (byte & 0x7f) * factor;
    if (byte < 128) return { value, end: at };
    factor *= 128;
  }
}
