/*
 * The stand-alone verifier of Provident's proofs. One file, no dependencies: Node 22 or later runs it
 * (`node verify.mjs --help`), and a web page imports the same file. It needs the proof, the checkpoint in it, and the public
 * key that the reader was given some other way; it asks nobody.
 *
 * Formats: RFC 6962/9162 Merkle trees over SHA-256; C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, and the
 * request of tlog-witness for proofs of consistency. https://c2sp.org
 *
 * Whatever is not exactly as it must be is refused with `NotProven`, whose message says what is wrong.
 */

export class NotProven extends Error {
  name = 'NotProven';
}

const LARGEST_TEXT = 4_000_000;
const MOST_SIGNATURES = 64;
const MOST_HASHES = 63;
const utf8 = new TextEncoder();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function demand(condition, message) {
  if (!condition) throw new NotProven(message);
}

// ---- Bytes

/** Standard base64 in its one spelling: padding, alphabet and unused bits are checked by writing it again. */
function fromBase64(text, what) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    throw new NotProven(`${what} is not base64.`);
  }
  demand(btoa(binary) === text, `${what} is not base64 in its usual spelling.`);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function toBase64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function joined(...parts) {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

// ---- SHA-256 (FIPS 180-4), here because that of web pages is only there on secure addresses

const ROUNDS = new Int32Array(64);
const START = new Uint32Array(8);
for (let candidate = 2, found = 0; found < 64; candidate += 1) {
  let prime = true;
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) prime = false;
  if (!prime) continue;
  // The first 32 bits of the fractional parts of the cube and square roots of the primes.
  ROUNDS[found] = fractionOfRoot(BigInt(candidate), 3n);
  if (found < 8) START[found] = fractionOfRoot(BigInt(candidate), 2n);
  found += 1;
}

function fractionOfRoot(number, degree) {
  const scaled = number << (32n * degree);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= scaled) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn);
}

const words = new Int32Array(64);

export function sha256(bytes) {
  const blocks = ((bytes.length + 8) >> 6) + 1;
  const padded = new Uint8Array(blocks * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const bits = bytes.length * 8;
  for (let at = 0; at < 6; at += 1) padded[padded.length - 1 - at] = Math.floor(bits / 2 ** (8 * at)) % 256;
  const state = START.slice();
  for (let block = 0; block < blocks; block += 1) compress(state, padded, block * 64);
  const digest = new Uint8Array(32);
  for (let at = 0; at < 32; at += 1) digest[at] = state[at >> 2] >>> (24 - 8 * (at & 3));
  return digest;
}

function compress(state, bytes, start) {
  for (let i = 0, at = start; i < 16; i += 1, at += 4) {
    words[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  }
  for (let i = 16; i < 64; i += 1) {
    const w15 = words[i - 15];
    const w2 = words[i - 2];
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
    words[i] = (words[i - 16] + s0 + words[i - 7] + s1) | 0;
  }
  let a = state[0] | 0;
  let b = state[1] | 0;
  let c = state[2] | 0;
  let d = state[3] | 0;
  let e = state[4] | 0;
  let f = state[5] | 0;
  let g = state[6] | 0;
  let h = state[7] | 0;
  for (let i = 0; i < 64; i += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + words[i]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
  state[5] += f;
  state[6] += g;
  state[7] += h;
}

// ---- The tree (RFC 9162, section 2.1)

export const leafHash = (record) =>
  sha256(joined(Uint8Array.of(0), typeof record === 'string' ? utf8.encode(record) : record));
const nodeHash = (left, right) => sha256(joined(Uint8Array.of(1), left, right));

/** Whether this leaf is at this place in the tree of this size and root; throws `NotProven` (2.1.3.2). */
export function checkInclusion(index, size, leaf, path, root) {
  demand(index >= 0n && index < size, `Leaf ${index} is not in a tree of ${size}.`);
  let [at, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    demand(last > 0n, 'The proof has too many hashes.');
    if (at % 2n === 1n || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else hash = nodeHash(hash, sibling);
    [at, last] = [at / 2n, last / 2n];
  }
  demand(last === 0n, 'The proof has too few hashes.');
  demand(same(hash, root), 'The record is not in the tree of the checkpoint.');
}

/** Whether the tree of `older` leaves is the beginning of the tree of `size`; throws `NotProven` (2.1.4.2). */
export function checkConsistency(older, size, path, olderRoot, root) {
  demand(older >= 0n && older <= size, `A tree of ${size} has no beginning of ${older}.`);
  if (older === 0n || older === size) {
    demand(path.length === 0, 'The proof has too many hashes.');
    if (older === size) demand(same(olderRoot, root), 'Two trees of one size have different roots.');
    else demand(same(olderRoot, sha256(new Uint8Array())), 'The tree without leaves has another root.');
    return;
  }
  const hashes = [...path];
  let [at, last] = [older - 1n, size - 1n];
  while (at % 2n === 1n) [at, last] = [at / 2n, last / 2n];
  // A perfect older tree is itself the first part of the proof, and is not sent.
  const first = at === 0n ? olderRoot : hashes.shift();
  demand(first !== undefined, 'The proof has too few hashes.');
  let [olderHash, newerHash] = [first, first];
  for (const hash of hashes) {
    demand(last > 0n, 'The proof has too many hashes.');
    if (at % 2n === 1n || at === last) {
      [olderHash, newerHash] = [nodeHash(hash, olderHash), nodeHash(hash, newerHash)];
      while (at % 2n === 0n && at !== 0n) [at, last] = [at / 2n, last / 2n];
    } else newerHash = nodeHash(newerHash, hash);
    [at, last] = [at / 2n, last / 2n];
  }
  demand(last === 0n, 'The proof has too few hashes.');
  demand(same(olderHash, olderRoot), 'The older tree is not the one that the proof begins with.');
  demand(same(newerHash, root), 'The newer tree does not begin with the older one.');
}

// ---- Signed notes and checkpoints

const LOG_KEY = 1;
const WITNESS_KEY = 4;

/** A public key in its usual text: `name+hash+base64`. Log keys have type 1, those of witnesses type 4. */
export function parseKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  demand(name !== undefined, 'A public key has the form name+id+base64.');
  const bytes = fromBase64(encoded, 'The public key');
  const [type] = bytes;
  demand(
    (type === LOG_KEY || type === WITNESS_KEY) && bytes.length === 33,
    'The public key is no Ed25519 key of a log or witness.',
  );
  const hash = sha256(joined(utf8.encode(`${name}\n`), bytes)).subarray(0, 4);
  const hex = Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
  demand(hex === id, 'The public key does not fit its own id.');
  return { name, id, type, bytes: bytes.subarray(1) };
}

async function isSigned(key, signature, message) {
  const subtle = globalThis.crypto?.subtle;
  demand(subtle !== undefined, 'This page has no cryptography: open it from https, from localhost or from a file.');
  const imported = await subtle.importKey('raw', key.bytes, { name: 'Ed25519' }, false, ['verify']);
  return subtle.verify({ name: 'Ed25519' }, imported, signature, message);
}

function splitNote(text) {
  demand(typeof text === 'string' && text.length <= LARGEST_TEXT, 'The note is no text, or too long.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  demand(!/[\u0000-\u0009\u000b-\u001f]/.test(text) && text.isWellFormed(), 'The note holds control characters.');
  const at = text.lastIndexOf('\n\n');
  demand(at > 0 && text.endsWith('\n'), 'A signed note is a text, an empty line, and lines of signatures.');
  const lines = text.slice(at + 2, -1).split('\n');
  demand(lines.length <= MOST_SIGNATURES, `A note has at most ${MOST_SIGNATURES} signatures.`);
  const signatures = lines.map((line) => {
    const [, name, encoded] = /^\u2014 ([^+\s]+) (\S+)$/u.exec(line) ?? [];
    demand(name !== undefined, 'A line of a signature is not of its form.');
    const bytes = fromBase64(encoded, 'A signature');
    demand(bytes.length > 4, 'A signature is too short.');
    const id = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { name, id, bytes: bytes.subarray(4) };
  });
  return { text: text.slice(0, at + 1), signatures };
}

/** The seconds that a witness says it signed at; `undefined` for a log's signature. Throws when it does not verify. */
async function checkSignature(key, bytes, text) {
  if (key.type === LOG_KEY) {
    demand(
      bytes.length === 64 && (await isSigned(key, bytes, utf8.encode(text))),
      `The signature of ${key.name} is false.`,
    );
    return undefined;
  }
  demand(bytes.length === 72, `The cosignature of ${key.name} is not of its form.`);
  const time = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  const message = utf8.encode(`cosignature/v1\ntime ${time}\n${text}`);
  demand(await isSigned(key, bytes.subarray(8), message), `The cosignature of ${key.name} is false.`);
  return Number(time);
}

/**
 * A checkpoint that one of the log's keys and every witness named have signed. `keys` are public keys in their usual text:
 * of the log one or more (after a change of key any of them may have signed), of witnesses those that are asked for.
 */
export async function openCheckpoint(note, keys) {
  const parsed = keys.map(parseKey);
  const { text, signatures } = splitNote(note);
  const lines = /^([^\n]+)\n(0|[1-9][0-9]{0,17})\n([^\n]+)\n((?:[^\n]+\n)*)$/.exec(text);
  demand(lines !== null, 'The note is no checkpoint: origin, size and root.');
  const [, origin, size, encodedRoot] = lines;
  const root = fromBase64(encodedRoot, 'The root');
  demand(root.length === 32, 'The root is no SHA-256.');
  const signers = [];
  for (const key of parsed) {
    demand(
      key.type === WITNESS_KEY || key.name === origin,
      `The key is one of ${key.name}; the checkpoint is one of ${origin}.`,
    );
    const found = signatures.filter((each) => each.name === key.name && each.id === key.id);
    for (const { bytes } of found) {
      const time = await checkSignature(key, bytes, text);
      signers.push({
        name: key.name,
        id: key.id,
        kind: key.type === LOG_KEY ? 'log' : 'witness',
        ...(time === undefined ? {} : { time }),
      });
    }
    demand(key.type === LOG_KEY || found.length > 0, `The witness ${key.name} has not signed this checkpoint.`);
  }
  demand(
    signers.some(({ kind }) => kind === 'log'),
    `No known key of ${origin} has signed this checkpoint.`,
  );
  return { origin, size: BigInt(size), root, signers, text: note };
}

/**
 * The keys that a known key of a log has handed over to, itself first. A handover is a note in which a key signed the one that
 * follows it; those that lead on from the known key count, in whatever order they are given.
 */
export async function successorsOf(knownKey, handovers) {
  const keys = [knownKey];
  const notes = handovers.map(splitNote);
  for (let at = 0; at < keys.length; at += 1) {
    const key = parseKey(keys[at]);
    for (const { text, signatures } of notes) {
      const [, origin, next] = /^([^\n]+) key\n([^\n]+)\n$/.exec(text) ?? [];
      const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
      if (origin !== key.name || own.length === 0 || keys.includes(next)) continue;
      for (const { bytes } of own) await checkSignature(key, bytes, text);
      demand(parseKey(next).name === origin, 'A handover is to a key of another log.');
      keys.push(next);
    }
  }
  return keys;
}

// ---- Proofs

const HEADER = 'c2sp.org/tlog-proof@v1';

function hashesOf(lines) {
  demand(lines.length <= MOST_HASHES, 'The proof has too many hashes.');
  return lines.map((line) => {
    const hash = fromBase64(line, 'A hash of the proof');
    demand(hash.length === 32, 'A hash of the proof is no SHA-256.');
    return hash;
  });
}

function wholeNumber(text, what) {
  demand(/^(0|[1-9][0-9]{0,17})$/.test(text), `${what} is no whole number.`);
  return BigInt(text);
}

/** A proof in the text of C2SP tlog-proof, or as JSON: `{ record, index, hashes, checkpoint }`. */
function parseProof(proof) {
  if (typeof proof !== 'string' || proof.startsWith('{')) return parseProofJson(proof);
  const at = proof.indexOf('\n\n');
  demand(at > 0, 'The proof has no checkpoint.');
  const [header, ...rest] = proof.slice(0, at).split('\n');
  demand(header === HEADER, `A proof begins with ${HEADER}.`);
  demand(rest[0]?.startsWith('extra ') === true, 'The proof does not hold the record.');
  const record = fromBase64(rest[0].slice('extra '.length), 'The record');
  demand(rest[1]?.startsWith('index ') === true, 'The proof does not say where the record stands.');
  const index = wholeNumber(rest[1].slice('index '.length), 'The index');
  return { record, index, hashes: hashesOf(rest.slice(2)), checkpoint: proof.slice(at + 2) };
}

function parseProofJson(proof) {
  const { record, index, hashes, checkpoint } = typeof proof === 'string' ? parseJson(proof) : proof;
  demand(typeof record === 'string' && record.isWellFormed(), 'The proof does not hold the record.');
  demand(Array.isArray(hashes), 'The proof has no hashes.');
  return {
    record: utf8.encode(record),
    index: wholeNumber(String(index), 'The index'),
    hashes: hashesOf(hashes),
    checkpoint,
  };
}

function parseJson(text) {
  demand(text.length <= LARGEST_TEXT, 'The text is too long.');
  try {
    return JSON.parse(text);
  } catch {
    throw new NotProven('The text is no JSON.');
  }
}

function recordText(bytes) {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    throw new NotProven('The record is no text.');
  }
}

/** Proves that a record is in the log; answers the record, where it stands, and who signed. */
export async function verifyProof(proof, keys) {
  const { record, index, hashes, checkpoint } = parseProof(proof);
  const opened = await openCheckpoint(checkpoint, keys);
  checkInclusion(index, opened.size, leafHash(record), hashes, opened.root);
  const text = recordText(record);
  return { record: parseJson(text), text, index, ...describe(opened) };
}

const describe = ({ origin, size, root, signers }) => ({ origin, size, root: toBase64(root), signers });

/**
 * Proves that the log of an older checkpoint is the beginning of that of a newer one. `proof` has the form of a request of
 * C2SP tlog-witness: `old <size>`, the hashes, an empty line, the newer checkpoint.
 */
export async function verifyConsistency(olderCheckpoint, proof, keys) {
  const at = proof.indexOf('\n\n');
  const [first, ...lines] = proof.slice(0, Math.max(at, 0)).split('\n');
  demand(at > 0 && first.startsWith('old '), 'A proof of consistency begins with "old" and a size.');
  const logKeys = keys.filter((key) => parseKey(key).type === LOG_KEY);
  const older = await openCheckpoint(olderCheckpoint, logKeys);
  const newer = await openCheckpoint(proof.slice(at + 2), keys);
  demand(older.origin === newer.origin, 'The checkpoints are of different logs.');
  demand(wholeNumber(first.slice(4), 'The older size') === older.size, 'The proof is for another older checkpoint.');
  checkConsistency(older.size, newer.size, hashesOf(lines), older.root, newer.root);
  return { older: describe(older), newer: describe(newer) };
}

// ---- Personal statements

/**
 * Proves a personal statement: every record it rests on is in the log, they are all of this person's account and of those merged into it, without a gap, and every
 * figure follows from them. Names and citizen numbers are stored sealed, so they are not proven: `unproven` lists them.
 */
export async function verifyStatement(document, keys) {
  const { statement, asOf, checkpoint, events } = typeof document === 'string' ? parseJson(document) : document;
  demand(
    Array.isArray(events) && statement !== null && typeof statement === 'object',
    'This is no statement with its proofs.',
  );
  const opened = await openCheckpoint(checkpoint, keys);
  const records = events.map(({ record, index, hashes }) => {
    const proof = parseProofJson({ record, index, hashes, checkpoint });
    checkInclusion(proof.index, opened.size, leafHash(proof.record), proof.hashes, opened.root);
    return { ...parseJson(record), index: proof.index };
  });
  const counting = records.filter(({ metadata }) => asOf === undefined || metadata.effectiveDate <= asOf);
  const { own, absorbed } = checkAccounts(records, counting, statement);
  checkFigures(statementOf(own, absorbed, statement.year), statement);
  const last = records.findLast(({ stream }) => stream === accountOfPerson(statement.person?.personId));
  return {
    ...describe(opened),
    events: records.length,
    lastRevision: last === undefined ? undefined : last.revision,
    unproven: [
      'person.name',
      'person.citizenNumber',
      'employers',
      'disputes',
      'area',
      'corrections.reason',
      'positions in the log',
      'entries after the last one',
    ],
  };
}

/**
 * The digest that a printed statement bears, made anew: SHA-256 over the canonical JSON (RFC 8785) of everything in it that is
 * not erased with a person - all but name, citizen number and the reasons of corrections.
 */
export function statementDigest({ digest: _, ...statement }) {
  const lasting = {
    ...statement,
    person: { personId: statement.person?.personId },
    corrections: (statement.corrections ?? []).map((each) => ({ ...each, reason: '' })),
  };
  return [...sha256(utf8.encode(canonical(lasting)))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A statement holds texts, whole numbers, truths, lists and objects; of those JSON.stringify writes the canonical form. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${fields.join(',')}}`;
}

const accountOfPerson = (personId) => `account-${personId}`;
const inLogOrder = (records) => [...records].sort((one, other) => (one.index < other.index ? -1 : 1));

/** The records of this person's account and of every account that was merged into it, all of them and no others. */
function checkAccounts(records, counting, { person, year }) {
  const streams = [accountOfPerson(person?.personId)];
  for (let at = 0; at < streams.length; at += 1) {
    const inStream = ({ stream }) => stream === streams[at];
    const counted = counting.filter(inStream);
    checkRun(records.filter(inStream), counted, year);
    const merges = counted.filter(({ type }) => type === 'AccountMergedFrom');
    streams.push(...merges.map(({ data }) => accountOfPerson(data.merged)));
  }
  const stranger = records.find(({ stream }) => !streams.includes(stream));
  demand(stranger === undefined, `A record is one of ${stranger?.stream}, not of this person's account.`);
  demand(new Set(streams).size === streams.length, 'An account was merged twice.');
  const isOwn = ({ stream }) => stream === streams[0];
  return { own: counting.filter(isOwn), absorbed: counting.filter((record) => !isOwn(record)) };
}

/** All records of one account, one after the other, from its beginning or from a closing two years before or earlier. */
function checkRun(records, counting, year) {
  for (const [at, record] of records.entries()) {
    const before = records[at - 1];
    demand(
      before === undefined || BigInt(record.revision) === BigInt(before.revision) + 1n,
      'An entry of the account is missing.',
    );
    demand(before === undefined || record.index > before.index, 'The entries are not in the order of the log.');
  }
  const [first] = records;
  const closes = first?.type === 'YearClosed' && first.data.year <= year - 2 && counting[0] === first;
  const begins = first === undefined || first.revision === '0' || closes;
  demand(begins, 'Entries at the beginning of the account are missing.');
}

const fen = (amount) => {
  demand(/^-?[0-9]+\.[0-9]{2}$/.test(amount), `${amount} is no amount.`);
  return BigInt(amount.replace('.', ''));
};
const yuan = (sum) =>
  `${sum < 0n ? '-' : ''}${String(sum < 0n ? -sum : sum)
    .padStart(3, '0')
    .replace(/(..)$/, '.$1')}`;
const sumOf = (amounts) => amounts.reduce((sum, amount) => sum + fen(amount), 0n);
const yearOf = (text) => Number(text.slice(0, 4));

/** What a statement shows beside its figures; a name is stored sealed, and a position is an address inside one store. */
const NOT_FIGURES = ['area', 'person', 'employers', 'disputes', 'digest', 'knownAt'];

/**
 * What moved on the account but interest, each by the year in which it counts. A merge brings a sum for each year that was
 * open in the merged account, and takes there what its last closing did not close.
 */
function entriesOf(records) {
  const entries = [];
  for (const { id, type, data } of records) {
    const merged = (kind, counterpart, parts) => {
      for (const year of [...new Set(parts.map((part) => part.year))].sort((one, other) => one - other)) {
        const sum = parts.filter((part) => part.year === year).reduce((total, part) => total + part.sum, 0n);
        if (sum !== 0n) entries.push({ year, sum, shown: { kind, on: data.mergedOn, counterpart, eventId: id } });
      }
    };
    if (type === 'ContributionCredited' || type === 'ContributionCreditReversed') {
      const moved =
        type === 'ContributionCredited'
          ? { kind: 'credit', on: data.creditedOn }
          : { kind: 'reversal', on: data.reversedOn };
      const shown = { ...moved, month: data.month, eventId: id };
      entries.push({ year: yearOf(data.creditedOn), sum: fen(data.accountAmount), shown });
    } else if (type === 'AccountMergedFrom') {
      const parts = data.entries.map(({ creditedOn, accountAmount }) => ({
        year: yearOf(creditedOn),
        sum: fen(accountAmount),
      }));
      merged('merged-in', data.merged, parts);
    } else if (type === 'AccountMergedInto') {
      const closed = records.findLast((record) => record.type === 'YearClosed')?.data;
      const left = closed === undefined ? [] : [{ year: closed.year + 1, sum: fen(closed.closingBalance) }];
      left.push(...entries.filter(({ year }) => year > (closed?.year ?? 0)));
      merged(
        'merged-out',
        data.survivor,
        left.map(({ year, sum }) => ({ year, sum: -sum })),
      );
    }
  }
  return entries;
}

const amountsOf = (entries) => entries.reduce((total, { sum }) => total + sum, 0n);

/** The statement's figures, counted anew from the records: a second account of what the ledger says. */
function statementOf(own, absorbed, year) {
  const records = inLogOrder([...absorbed, ...own]);
  const reversals = records.filter(({ type }) => type === 'ContributionCreditReversed');
  const reversed = new Set(reversals.map(({ data }) => data.reverses));
  const months = records
    .filter(({ type, data }) => type === 'ContributionCredited' && !reversed.has(data.creditId))
    .filter(({ data }) => yearOf(data.month) === year)
    .map(monthOf)
    .sort((one, other) => (one.month < other.month ? -1 : 1));
  const lines = months.flatMap((month) => month.lines);
  const conflicts = records.filter(({ type, data }) => type === 'CreditConflictFound' && yearOf(data.month) === year);
  const last = own.at(-1);
  return {
    year,
    months,
    corrections: reversals.filter(({ data }) => yearOf(data.month) === year).map(correctionOf),
    ...(conflicts.length === 0 ? {} : { conflicts: conflicts.map((each) => conflictOf(each, records)) }),
    totals: totalsOf(lines),
    paid: paidOf(lines),
    account: accountOf(own, year),
    ...(last === undefined ? {} : { recordedAt: last.recordedAt }),
  };
}

function monthOf({ id, data: { month, employer, base, lines, accountAmount, creditedOn, creditId, corrects } }) {
  const correction = corrects === undefined ? {} : { corrects };
  const paid = paidOf(lines);
  return { month, employer, base, lines, paid, accountAmount, creditedOn, creditId, ...correction, eventId: id };
}

function correctionOf({ id, data: { month, employer, base, lines, accountAmount, reversedOn, reverses } }) {
  const paid = paidOf(lines);
  return { month, employer, base, lines, paid, accountAmount, reversedOn, reverses, eventId: id };
}

function conflictOf({ id, data: { month, employer, accountAmount, creditId } }, records) {
  const by = records.find(({ type, data }) => type === 'CreditConflictSettled' && data.conflictId === creditId);
  const settled = by && { outcome: by.data.outcome, on: by.data.settledOn, eventId: by.id };
  return { month, employer, accountAmount, creditId, eventId: id, ...(by === undefined ? {} : { settled }) };
}

function paidOf(lines) {
  const by = (fits) => yuan(sumOf(lines.filter(fits).map(({ amount }) => amount)));
  return {
    employer: by(({ payer }) => payer === 'employer'),
    employee: by(({ payer }) => payer === 'employee'),
    total: by(() => true),
  };
}

function totalsOf(lines) {
  const sums = new Map();
  for (const { scheme, payer, amount } of lines) {
    const key = `${scheme} ${payer}`;
    sums.set(key, { scheme, payer, sum: (sums.get(key)?.sum ?? 0n) + fen(amount) });
  }
  return [...sums.values()].map(({ scheme, payer, sum }) => ({ scheme, payer, amount: yuan(sum) }));
}

/** The pension personal account of the year, from its opening to its closing balance. */
function accountOf(records, year) {
  const closings = records.filter(({ type }) => type === 'YearClosed');
  const closing = closings.find(({ data }) => data.year === year);
  const before = closings.findLast(({ data }) => data.year < year);
  const posted = records.find(
    ({ type, data }) => type === 'AccountInterestPosted' && 'rate' in data && data.year === year,
  );
  const entries = entriesOf(records);
  const earlier = entries.filter((entry) => entry.year < year && entry.year > (before?.data.year ?? 0));
  const inYear = entries.filter((entry) => entry.year === year);
  const known = yuan(fen(before?.data.closingBalance ?? '0.00') + amountsOf(earlier));
  const opening = closing?.data.openingBalance ?? known;
  const account = {
    opening,
    provisional: closing === undefined && earlier.length > 0,
    credited: yuan(amountsOf(inYear)),
    movements: movementsOf(fen(opening), inYear, closing === undefined ? undefined : posted),
    contributionMonths: closing?.data.contributionMonths ?? monthsOnRecord(records),
  };
  if (closing === undefined || posted === undefined) {
    return { ...account, closing: yuan(fen(opening) + amountsOf(inYear)), closed: false };
  }
  const { openingBalance, credited, interest: posting, closingBalance } = closing.data;
  const adds = fen(openingBalance) + fen(credited) + fen(posting) === fen(closingBalance);
  demand(adds && posted.data.interest === posting, 'The closing of the year does not add up.');
  const { rate, openingInterest, creditInterest, interest, parameter } = posted.data;
  return {
    ...account,
    interest: {
      rate,
      onOpening: openingInterest,
      onCredits: creditInterest,
      total: interest,
      parameter,
      eventId: posted.id,
    },
    closing: closingBalance,
    closed: true,
    closedBy: { eventId: closing.id },
  };
}

function movementsOf(opening, inYear, interest) {
  let balance = opening;
  const movements = inYear.map(({ sum, shown }) => {
    balance += sum;
    return { ...shown, amount: yuan(sum), balance: yuan(balance) };
  });
  if (interest === undefined) return movements;
  const { year, interest: amount } = interest.data;
  const after = yuan(balance + fen(amount));
  return [...movements, { kind: 'interest', on: `${year}-12-31`, amount, balance: after, eventId: interest.id }];
}

function monthsOnRecord(records) {
  const months = new Set();
  for (const { type, data } of records) {
    if (type === 'ContributionCredited') months.add(data.month);
    else if (type === 'ContributionCreditReversed' && data.monthStands !== true) months.delete(data.month);
    else if (type === 'YearClosed' || type === 'AccountMergedFrom') {
      if (type === 'YearClosed') months.clear();
      for (const [year, mask] of Object.entries(data.creditedMonths)) {
        for (let month = 1; month <= 12; month += 1) {
          if (mask & (1 << (month - 1))) months.add(`${year}-${String(month).padStart(2, '0')}`);
        }
      }
    }
  }
  return months.size;
}

/** Everything counted is shown, and nothing is shown that was not counted. */
function checkFigures(counted, statement) {
  const shown = Object.fromEntries(Object.entries(statement).filter(([name]) => !NOT_FIGURES.includes(name)));
  demandSame(counted, shown, 'the statement');
}

/** Positions are addresses inside one store, which no leaf holds; why somebody corrected is stored sealed. */
const NOT_PROVEN = ['position', 'reason'];

function demandSame(counted, shown, where) {
  if (counted === null || typeof counted !== 'object') {
    demand(counted === shown, `${where} shows ${shown}; the log says ${counted}.`);
    return;
  }
  demand(shown !== null && typeof shown === 'object', `${where} is not that of the log.`);
  demand(Array.isArray(counted) === Array.isArray(shown), `${where} is not that of the log.`);
  const names = new Set([...Object.keys(counted), ...Object.keys(shown)].filter((name) => !NOT_PROVEN.includes(name)));
  for (const name of names) {
    const place = `${where}, ${name}`;
    demand(Object.hasOwn(shown, name), `${place} is missing.`);
    demand(Object.hasOwn(counted, name), `${place} does not follow from the log.`);
    demandSame(counted[name], shown[name], place);
  }
}

// ---- The same file as a program

const HELP = `node verify.mjs FILE --key PUBLIC-KEY [--key WITNESS-KEY ...] [--older CHECKPOINT-FILE]

FILE is a proof of one record (.tlog-proof or JSON), a statement with its proofs (JSON), a checkpoint, or, with --older,
a proof that the log of that older checkpoint was only added to. PUBLIC-KEY is a key (name+id+base64) or a file with one.
Give the keys you were told by letter or in print, not keys that came with the file.`;

async function main(words) {
  const { readFileSync } = await import('node:fs');
  const options = { key: [], older: [] };
  const files = [];
  for (let at = 0; at < words.length; at += 1) {
    const name = words[at].replace(/^--/, '');
    if (words[at].startsWith('--') && name in options) options[name].push(words[(at += 1)] ?? '');
    else files.push(words[at]);
  }
  if (files.length !== 1 || options.key.length === 0 || files[0].startsWith('--')) return console.log(HELP);
  const keys = options.key.flatMap((key) =>
    key.includes('+') ? [key] : readFileSync(key, 'utf8').trim().split(/\s+/),
  );
  const bytes = readFileSync(files[0]);
  const answer = await verifyAny(recordText(bytes), keys, options.older[0] && readFileSync(options.older[0], 'utf8'));
  console.log(JSON.stringify(answer, (_name, value) => (typeof value === 'bigint' ? String(value) : value), 2));
}

/** Whatever it is of the things above. */
export async function verifyAny(text, keys, older) {
  if (older !== undefined) return { proven: 'consistency', ...(await verifyConsistency(older, text, keys)) };
  if (text.startsWith(HEADER)) return { proven: 'inclusion', ...(await verifyProof(text, keys)) };
  if (!text.startsWith('{')) return { proven: 'checkpoint', ...describe(await openCheckpoint(text, keys)) };
  const document = parseJson(text);
  if ('statement' in document) return { proven: 'statement', ...(await verifyStatement(document, keys)) };
  return { proven: 'inclusion', ...(await verifyProof(document, keys)) };
}

const program = globalThis.process?.argv?.[1];
if (program !== undefined && import.meta.url.endsWith('/verify.mjs') && /verify\.mjs$/.test(program)) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error instanceof NotProven ? `NOT PROVEN: ${error.message}` : error);
    process.exitCode = 1;
  });
}
