import { crc32 } from 'node:zlib';

/**
 * CRC-32 of an event's frame, started from its place, so that a frame that is damaged, or that answers for another place
 * than its own, is noticed when it is read. SQLite itself has no checksums on its pages.
 */
export function checksumOf(frame: Uint8Array, position: number, stream: number, revision: number): number {
  return crc32(frame, (position * 31 + stream * 17 + revision) % 0x1_0000_0000);
}
