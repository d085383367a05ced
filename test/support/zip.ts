import { crc32, deflateRawSync } from 'node:zlib';

/** A zip of one entry: so many equal bytes, which shrink a thousandfold. Written by hand, to hold what no program writes. */
export function zipOf(name: string, bytes: number): Buffer {
  const content = Buffer.alloc(bytes, 0x20);
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  sizes.writeUInt32LE(crc32(content), 0);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(bytes, 8);
  const path = Buffer.from(name);
  const pathLength = Buffer.from([path.length, 0]);
  const method = Buffer.from([20, 0, 0, 0, 8, 0, 0, 0, 0, 0]);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), method, sizes, pathLength, Buffer.alloc(2), path]);
  const central = Buffer.concat([
    ...[Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), method, sizes, pathLength, Buffer.alloc(16), path],
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length + packed.length, 16);
  return Buffer.concat([local, packed, central, end]);
}
