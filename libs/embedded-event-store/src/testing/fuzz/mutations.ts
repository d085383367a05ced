import type { Dice } from '../dice.js';
import type { Sample } from './samples.js';

/** What is done to a message before it is sent; `sound` leaves it as it is. */
export const mutations = [
  'sound',
  'flipped',
  'cut',
  'noise',
  'random fields',
  'spliced',
  'wrong length',
  'compressed',
  'too large',
  'no such method',
] as const;
export type Mutation = (typeof mutations)[number];

/** A call as it goes out: bytes behind the headers, and how many messages they were meant to be. */
export interface FuzzCall {
  readonly path: string;
  readonly body: Buffer;
  readonly messages: number;
}

/** Common faults are common; what costs much is rare. */
const weighted: readonly Mutation[] = [
  ...Array<Mutation>(15).fill('sound'),
  ...Array<Mutation>(30).fill('flipped'),
  ...Array<Mutation>(12).fill('cut'),
  ...Array<Mutation>(10).fill('noise'),
  ...Array<Mutation>(15).fill('random fields'),
  ...Array<Mutation>(10).fill('spliced'),
  ...Array<Mutation>(5).fill('wrong length'),
  'compressed',
  'no such method',
];
const RARELY = 4_000;
const MESSAGE_LIMIT = 17 * 1_048_576;

export function chooseMutation(dice: Dice): Mutation {
  return dice.below(RARELY) === 0 ? 'too large' : dice.one(weighted);
}

/** Makes a call of up to sixteen messages; streaming methods take them all, others must refuse the second. */
export function fuzzCall(dice: Dice, samples: readonly Sample[], mutation: Mutation): FuzzCall {
  const sample = dice.one(samples);
  if (mutation === 'too large')
    return { path: sample.path, body: frame(Buffer.alloc(0), MESSAGE_LIMIT + 1), messages: 1 };
  if (mutation === 'no such method') {
    return { path: `${sample.path.slice(0, -1)}${dice.below(10)}`, body: frame(sample.message), messages: 1 };
  }
  const isStreaming = /Append$|Subscriptions\/Read$/.test(sample.path);
  const count = isStreaming ? 1 + dice.below(16) : 1;
  const same = isStreaming ? samples.filter(({ path }) => path === sample.path) : [sample];
  const frames = Array.from({ length: count }, (_, index) => {
    // The first message of a stream names what the rest is about; left whole, the rest gets that far.
    const { message } = index === 0 ? sample : dice.one(same);
    return index === 0 && isStreaming && dice.below(2) === 0
      ? frame(message)
      : broken(dice, message, mutation, samples);
  });
  return { path: sample.path, body: Buffer.concat(frames), messages: count };
}

function broken(dice: Dice, message: Buffer, mutation: Mutation, samples: readonly Sample[]): Buffer {
  switch (mutation) {
    case 'flipped':
      return frame(flipped(dice, message));
    case 'cut':
      return frame(message.subarray(0, dice.below(message.length + 1)));
    case 'noise':
      return frame(dice.bytes(dice.below(200)));
    case 'random fields':
      return frame(randomFields(dice, 3));
    case 'spliced': {
      const other = dice.one(samples).message;
      return frame(Buffer.concat([message.subarray(0, dice.below(message.length + 1)), other]));
    }
    case 'wrong length':
      return frame(
        message,
        dice.below(2) === 0 ? dice.below(message.length + 1) : message.length + 1 + dice.below(5_000),
      );
    case 'compressed':
      return frame(message, message.length, 1);
    default:
      return frame(message);
  }
}

/** The five bytes before a gRPC message, and the message. */
function frame(message: Buffer, length = message.length, flag = 0): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(length, 1);
  return Buffer.concat([head, message]);
}

function flipped(dice: Dice, message: Buffer): Buffer {
  const bytes = Buffer.from(message);
  for (let changes = 1 + dice.below(3); changes > 0 && bytes.length > 0; changes -= 1) {
    bytes[dice.below(bytes.length)] = dice.below(256);
  }
  return bytes;
}

/** A well-formed message whose fields mean nothing, or something by chance. */
function randomFields(dice: Dice, depth: number): Buffer {
  const parts: Buffer[] = [];
  for (let fields = dice.below(5); fields >= 0; fields -= 1) {
    const field = 1 + dice.below(16);
    const wire = dice.one([0, 0, 1, 2, 2, 2, 5]);
    parts.push(varint(field * 8 + wire));
    if (wire === 0) parts.push(varint(dice.below(2) === 0 ? dice.below(10) : dice.below(2 ** 31) * 2 ** 21));
    else if (wire === 1) parts.push(dice.bytes(8));
    else if (wire === 5) parts.push(dice.bytes(4));
    else {
      const inner = depth > 0 && dice.below(3) > 0 ? randomFields(dice, depth - 1) : dice.bytes(dice.below(30));
      parts.push(varint(inner.length), inner);
    }
  }
  return Buffer.concat(parts);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) + 128);
  }
}
