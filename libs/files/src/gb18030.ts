/**
 * Text as GB18030 bytes, for banks and offices whose programs read nothing else. The platform decodes GB18030 and does
 * not encode it, so the table is turned around once: what decodes to a character is that character's encoding.
 */
export function encodeGb18030(text: string): Buffer {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code < 0x80) bytes.push(code);
    else if (code >= 0x1_0000) bytes.push(...fourBytes(SUPPLEMENTARY_POINTER + code - 0x1_0000));
    else bytes.push(...(encodings().get(character) ?? unencodable(character)));
  }
  return Buffer.from(bytes);
}

/** Pointer of U+10000: from there on the four-byte codes follow Unicode without gaps. */
const SUPPLEMENTARY_POINTER = 189_000;
/** Four-byte codes of the basic plane: 0x81308130 to 0x8431A439. */
const BASIC_FOUR_BYTE_CODES = 39_420;

let table: Map<string, readonly number[]> | undefined;

function encodings(): Map<string, readonly number[]> {
  table ??= turnedAround();
  return table;
}

function turnedAround(): Map<string, readonly number[]> {
  const decoder = new TextDecoder('gb18030');
  // The replacement character is also what the decoder shows for a code that is none, so it is named here.
  const found = new Map<string, readonly number[]>([['\ufffd', [0x84, 0x31, 0xa4, 0x37]]]);
  const add = (bytes: readonly number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes));
    if (character.length === 1 && !found.has(character)) found.set(character, bytes);
  };
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) if (trail !== 0x7f) add([lead, trail]);
  }
  for (let pointer = 0; pointer < BASIC_FOUR_BYTE_CODES; pointer += 1) add(fourBytes(pointer));
  return found;
}

function fourBytes(pointer: number): number[] {
  const digits = [Math.floor(pointer / 12_600), Math.floor(pointer / 1_260) % 10, Math.floor(pointer / 10) % 126];
  return [0x81 + (digits[0] ?? 0), 0x30 + (digits[1] ?? 0), 0x81 + (digits[2] ?? 0), 0x30 + (pointer % 10)];
}

/** Half a character (a lone surrogate), or one of the private characters that the encoding leaves out. */
function unencodable(character: string): never {
  throw new RangeError(`U+${(character.codePointAt(0) ?? 0).toString(16)} has no GB18030 code.`);
}
