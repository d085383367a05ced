/** Wire types of the protocol buffers encoding: the low three bits of a tag. */
const VARINT = 0;
const FIXED64 = 1;
const LENGTH = 2;
const FIXED32 = 5;

/**
 * Reads the protocol buffers encoding in place: no message objects, no copies. A nested message is entered with `enter`
 * and read while `at` is below the end it returned.
 * @throws RangeError when the bytes are cut short or make no sense
 */
export class ByteReader {
  at = 0;

  constructor(readonly bytes: Buffer) {}

  /** An unsigned integer; exact up to 2^53, which tags, lengths and enums never exceed. */
  varint(): number {
    const { bytes } = this;
    let value = 0;
    let factor = 1;
    for (let at = this.at; at < bytes.length; at += 1) {
      const byte = bytes[at] as number;
      value += (byte & 0x7f) * factor;
      if (byte < 128) {
        this.at = at + 1;
        return value;
      }
      factor *= 128;
    }
    throw new RangeError('A message of the event store is cut short.');
  }

  /** An unsigned 64-bit integer. */
  uint64(): bigint {
    const start = this.at;
    const value = this.varint();
    if (value <= Number.MAX_SAFE_INTEGER) return BigInt(value);
    let exact = 0n;
    for (let at = this.at - 1; at >= start; at -= 1) exact = (exact << 7n) | BigInt((this.bytes[at] as number) & 0x7f);
    return BigInt.asUintN(64, exact);
  }

  /** Steps into a length-delimited field and returns the offset behind it. */
  enter(): number {
    const length = this.varint();
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('A message of the event store is cut short.');
    return end;
  }

  /** A length-delimited field as text. */
  text(): string {
    const end = this.enter();
    const value = this.bytes.toString('utf8', this.at, end);
    this.at = end;
    return value;
  }

  /** Steps over the field whose tag was just read. */
  skip(tag: number): void {
    switch (tag & 7) {
      case VARINT:
        this.varint();
        return;
      case FIXED64:
        this.at += 8;
        return;
      case LENGTH:
        this.at = this.enter();
        return;
      case FIXED32:
        this.at += 4;
        return;
      default:
        throw new RangeError(`A message of the event store has a field of the unknown kind ${tag & 7}.`);
    }
  }
}
