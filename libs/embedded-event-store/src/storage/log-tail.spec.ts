import { LogTail } from './log-tail.js';

const event = (position: number, bytes = 10) => ({
  position,
  stream: 1,
  revision: position,
  frame: Buffer.alloc(bytes),
});
const positions = (page: readonly { position: number }[] | undefined) => page?.map((each) => each.position);

describe('the tail of the log', () => {
  it('holds committed events only, and says when older ones are asked for', () => {
    const tail = new LogTail(1_000);
    expect(tail.page(0, 10, 1_000)).toBeUndefined();
    tail.add(event(10));
    expect(tail.page(10, 10, 1_000)).toBeUndefined();
    tail.committed();
    tail.add(event(20));
    tail.rolledBack();
    tail.add(event(30));
    tail.committed();
    expect(positions(tail.page(10, 10, 1_000))).toEqual([10, 30]);
    expect(positions(tail.page(11, 10, 1_000))).toEqual([30]);
    expect(positions(tail.page(31, 10, 1_000))).toEqual([]);
    expect(tail.page(9, 10, 1_000)).toBeUndefined();
  });

  it('ends a page by count and by bytes, and gives up the oldest beyond its limit', () => {
    const tail = new LogTail(50);
    for (let at = 1; at <= 100; at += 1) {
      tail.add(event(at));
      tail.committed();
    }
    expect(tail.page(95, 10, 1_000)).toBeUndefined();
    expect(positions(tail.page(96, 10, 1_000))).toEqual([96, 97, 98, 99, 100]);
    expect(positions(tail.page(96, 2, 1_000))).toEqual([96, 97]);
    expect(positions(tail.page(96, 10, 15))).toEqual([96, 97]);
  });
});
