import { NotProven, openCheckpoint, parseKey } from '#verifier';
import { keyOfSeed, LOG_KEY, newKey, readPrivateKey, readPublicKey, WITNESS_KEY } from './note-keys.js';
import { checkpointText, cosign, isSignedBy, readHead, readNote, readSignature, signNote } from './signed-note.js';

/** The example of the Go reference implementation, golang.org/x/mod/sumdb/note, and that of C2SP signed-note. */
const GO = {
  private: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  public: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  line: '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
const C2SP = {
  public: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: 'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n',
};
const HEAD = { origin: 'provident/310000', size: 42, root: Buffer.alloc(32, 7).toString('base64') };

describe('signed notes', () => {
  it('are those of the reference implementation, byte for byte', () => {
    const key = readPrivateKey(GO.private);
    expect(key.publicKey.text).toBe(GO.public);
    expect(signNote(GO.text, key)).toBe(`${GO.text}\n${GO.line}`);
    expect(parseKey(GO.public)).toMatchObject({ name: 'PeterNeumann', id: 'c74f20a3', type: LOG_KEY });
  });

  it('verify as the specification says', () => {
    const note = readNote(C2SP.note);
    expect(isSignedBy(readPublicKey(C2SP.public), note.text, note.signatures[0]!)).toBe(true);
    expect(isSignedBy(readPublicKey(C2SP.public), `${note.text}!`, note.signatures[0]!)).toBe(false);
    expect(isSignedBy(readPublicKey(GO.public), note.text, note.signatures[0]!)).toBe(false);
  });

  it.each([
    ['', 'nothing'],
    ['text\n', 'no signature'],
    ['text\n\n— name\n', 'a line without a signature'],
    ['text\n\n— name AAAA=\n', 'no base64'],
    ['text\n\n- name AAAAAAAAAAAA\n', 'another dash'],
  ])('are refused when malformed: %j is %s', (note) => {
    expect(() => readNote(note)).toThrow();
  });

  it.each([
    GO.private.replace('c74f20a3', 'c74f20a4'),
    GO.private.slice(0, -1),
    GO.public,
    'PRIVATE+KEY+a b+00000000+AA==',
  ])('take no private key that is not one, and do not repeat it', (text) => {
    expect(() => readPrivateKey(text)).toThrow(expect.not.objectContaining({ message: expect.stringContaining(text) }));
  });
});

describe('checkpoints', () => {
  const key = keyOfSeed(HEAD.origin, LOG_KEY, Buffer.alloc(32, 1));
  const witness = newKey('audit.example.cn/w1', WITNESS_KEY);
  const note = signNote(checkpointText(HEAD), key);
  const cosigned = note + cosign(checkpointText(HEAD), witness, 1_767_196_800);

  it('say what they said, to us and to the stand-alone verifier', async () => {
    expect(readHead(readNote(cosigned))).toEqual(HEAD);
    const opened = await openCheckpoint(cosigned, [key.publicKey.text, witness.publicKey.text]);
    expect(opened).toMatchObject({ origin: HEAD.origin, size: 42n });
    expect(opened.signers).toEqual([
      { name: HEAD.origin, id: key.publicKey.id, kind: 'log' },
      { name: 'audit.example.cn/w1', id: witness.publicKey.id, kind: 'witness', time: 1_767_196_800 },
    ]);
  });

  it('need every witness that is asked for, and ignore those nobody asked about', async () => {
    await openCheckpoint(cosigned, [key.publicKey.text]);
    await expect(openCheckpoint(note, [key.publicKey.text, witness.publicKey.text])).rejects.toThrow('has not signed');
    await expect(openCheckpoint(cosigned, [witness.publicKey.text])).rejects.toThrow('No known key');
    await expect(openCheckpoint(cosigned, [GO.public])).rejects.toThrow(NotProven);
  });

  it('are rejected with any byte changed, where the witness is asked for', async () => {
    const bytes = Buffer.from(cosigned);
    const keys = [key.publicKey.text, witness.publicKey.text];
    for (let at = 0; at < bytes.length; at += 1) {
      for (const bit of [0, 5]) {
        const changed = Buffer.from(bytes);
        changed[at] = bytes.readUInt8(at) ^ (1 << bit);
        const accepted = await openCheckpoint(changed.toString('utf8'), keys).catch(() => undefined);
        if (accepted !== undefined) throw new Error(`byte ${at} may be changed`);
      }
    }
  });

  it('hold a cosignature over their own text only', () => {
    const line = readSignature(cosign(checkpointText(HEAD), witness, 1_767_196_800));
    expect(isSignedBy(witness.publicKey, checkpointText(HEAD), line)).toBe(true);
    expect(isSignedBy(witness.publicKey, checkpointText({ ...HEAD, size: 43 }), line)).toBe(false);
    const later = Buffer.from(line.bytes);
    later[7] = later.readUInt8(7) + 1;
    expect(isSignedBy(witness.publicKey, checkpointText(HEAD), { ...line, bytes: later })).toBe(false);
  });
});
