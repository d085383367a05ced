import { once } from 'node:events';
import { connect } from 'node:net';
import type { Dice } from '../dice.js';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const FRAMES = 8;
const PATIENCE_MS = 500;

/** Sends frames of random kinds, lengths and bytes, or no HTTP/2 at all, over a connection of their own. @returns how many */
export async function sendGarbage(dice: Dice, port: number): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const frames = Array.from({ length: FRAMES }, () => randomFrame(dice));
  socket.write(Buffer.concat(dice.below(5) === 0 ? frames : [PREFACE, settings(), ...frames]));
  socket.end();
  socket.resume();
  // The server closes the connection or does not; either way it must not be held by it.
  const closed = once(socket, 'close');
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
  await closed;
  clearTimeout(timer);
  return FRAMES;
}

const settings = (): Buffer => Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);

/** Nine bytes of head (length, kind, flags, stream) and a body that may be shorter than the head says. */
function randomFrame(dice: Dice): Buffer {
  const body = dice.bytes(dice.below(120));
  const head = Buffer.alloc(9);
  head.writeUIntBE(dice.below(3) === 0 ? dice.below(0x1_000) : body.length, 0, 3);
  head[3] = dice.below(12);
  head[4] = dice.below(256);
  head.writeUInt32BE(dice.below(4) === 0 ? dice.below(2 ** 31) : 1 + 2 * dice.below(10), 5);
  return Buffer.concat([head, body]);
}
