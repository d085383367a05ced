import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { hash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderBlobStore } from '@provident/files/blob-store';
import { mediaTypeOf } from '@provident/files/media-type';
import { BrokenInvariant, businessDate, month } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { documentIdOf, documents, type DocumentsCommand } from './documents.js';
import type { DocumentKind, DocumentsEvent } from './events.js';
import { missingDocuments } from './missing-documents.js';

const EMPLOYER = '91350100M000100Y43';
const JUNE = month('2025-06');
const day = businessDate;

function store(kind: DocumentKind, of = JUNE, content = 'x'): Extract<DocumentsCommand, { type: 'StoreDocument' }> {
  const sha256 = hash('sha256', content, 'hex');
  const documentId = documentIdOf(EMPLOYER, kind, of, sha256);
  return {
    type: 'StoreDocument',
    ...{ employer: EMPLOYER, documentId, kind, month: of, fileName: '扫描.pdf', sha256, bytes: 1 },
    ...{ mediaType: 'application/pdf', storedOn: day('2025-07-01') },
  };
}
const { documentId } = store('payment-voucher');
const checkOut: DocumentsCommand = {
  type: 'CheckOutDocument',
  ...{ employer: EMPLOYER, documentId, borrower: '李四', purpose: '审计' },
  ...{ checkedOutOn: day('2025-07-02'), dueBack: day('2025-07-09') },
};
const giveBack: DocumentsCommand = {
  type: 'ReturnDocument',
  ...{ employer: EMPLOYER, documentId, returnedOn: day('2025-07-08') },
};
const checklist: DocumentsCommand = {
  type: 'SetChecklist',
  ...{ employer: EMPLOYER, from: JUNE, kinds: ['payment-voucher', 'wage-record'] },
};

function history(...commands: DocumentsCommand[]): DocumentsEvent[] {
  const events: DocumentsEvent[] = [];
  for (const command of commands) events.push(...given(documents, ...events).when(command).events);
  return events;
}

describe("an employer's file", () => {
  it('holds the same file under the same heading once', () => {
    const events = history(store('payment-voucher'));
    given(documents, ...events)
      .when(store('payment-voucher'))
      .thenNothing();
    given(documents, ...events)
      .when(store('wage-record'))
      .thenTypes('DocumentStored');
  });

  it('knows where an original is', () => {
    given(documents).when(checkOut).thenRefused('document-unknown');
    const out = history(store('payment-voucher'), checkOut);
    given(documents, ...out)
      .when(checkOut)
      .thenNothing();
    given(documents, ...out)
      .when({ ...checkOut, borrower: '王五' })
      .thenRefused('document-out-already');
    given(documents, ...out)
      .when({ ...giveBack, returnedOn: day('2025-07-01') })
      .thenRefused('document-out-of-order');
    const back = history(store('payment-voucher'), checkOut, giveBack);
    given(documents, ...back)
      .when(giveBack)
      .thenNothing();
    given(documents, ...back)
      .when({ ...giveBack, returnedOn: day('2025-07-09') })
      .thenRefused('document-not-out');
    given(documents, ...back)
      .when({ ...checkOut, checkedOutOn: day('2025-07-07') })
      .thenRefused('document-out-of-order');
  });

  it('lists the months that lack what their checklist asks for, and sets each gap down once', () => {
    const events = history(checklist, store('payment-voucher'), store('payment-voucher', month('2025-07')));
    const state = events.reduce(documents.evolve, documents.initial);
    expect(missingDocuments(state, month('2025-05'), month('2025-08'))).toEqual([
      { month: '2025-06', missing: ['wage-record'] },
      { month: '2025-07', missing: ['wage-record'] },
      { month: '2025-08', missing: ['payment-voucher', 'wage-record'] },
    ]);
    const record: DocumentsCommand = {
      type: 'RecordGaps',
      ...{ employer: EMPLOYER, from: JUNE, to: month('2025-07'), foundOn: day('2025-08-20') },
    };
    given(documents, ...events)
      .when(record)
      .thenTypes('DocumentGapFound', 'DocumentGapFound');
    const recorded = [...events, ...given(documents, ...events).when(record).events];
    given(documents, ...recorded)
      .when(record)
      .thenNothing();
    given(documents, ...events)
      .when({ ...checklist, kinds: [] })
      .thenRefused('checklist-out-of-order');
  });

  it('takes a file for what its bytes are', () => {
    expect(mediaTypeOf(Buffer.from('%PDF-1.7\n'))).toBe('application/pdf');
    expect(mediaTypeOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('image/jpeg');
    expect(mediaTypeOf(Buffer.from('姓名,工资\n张三,1\n'))).toBe('text/csv');
    expect(mediaTypeOf(Buffer.from('PK\u0003\u0004 something else'))).toBeUndefined();
    expect(mediaTypeOf(Buffer.from('<html>,<script>alert(1)</script>'))).toBeUndefined();
    expect(mediaTypeOf(Buffer.from([0x4d, 0x5a, 0x90, 0, 3]))).toBeUndefined();
  });
});

describe('the store of files', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'provident-documents-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was stored, from whatever bytes, and keeps the same bytes once', async () => {
    const blobs = new FolderBlobStore(folder);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2_000 }), async (array) => {
        const bytes = Buffer.from(array);
        const sha256 = hash('sha256', bytes, 'hex');
        await Promise.all([blobs.put(sha256, bytes), blobs.put(sha256, bytes)]);
        expect((await blobs.get(sha256)).equals(bytes)).toBe(true);
        expect(await readdir(join(folder, sha256.slice(0, 2)))).toContain(sha256);
      }),
      { numRuns: 30 },
    );
    const names = await readdir(folder, { recursive: true });
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('gives no file that was changed under it, nor one that is gone', async () => {
    const blobs = new FolderBlobStore(folder);
    const bytes = Buffer.from('%PDF-1.7 original');
    const sha256 = hash('sha256', bytes, 'hex');
    await expect(blobs.get(sha256)).rejects.toThrow(BrokenInvariant);
    await blobs.put(sha256, bytes);
    await writeFile(join(folder, sha256.slice(0, 2), sha256), '%PDF-1.7 forgery!');
    await expect(blobs.get(sha256)).rejects.toThrow(BrokenInvariant);
    await expect(blobs.get('../../etc/passwd')).rejects.toThrow(BrokenInvariant);
  });
});
