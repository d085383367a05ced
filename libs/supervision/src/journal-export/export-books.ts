import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { BooksDatabase } from '@provident/books';
import type { Kysely } from 'kysely';
import { beancountJournal } from './beancount-journal.js';
import type { JournalQuestion } from './booked-vouchers.js';
import { hledgerJournal } from './hledger-journal.js';
import { type JournalBooks, withJournalBooks } from './journal-books.js';
import { writeXlsxBooks } from './xlsx-books.js';

export const BOOK_FORMATS = ['hledger', 'beancount', 'xlsx'] as const;
export type BookFormat = (typeof BOOK_FORMATS)[number];

/** The ending of a file's name, and what the file is. */
export const BOOK_FILES: Readonly<Record<BookFormat, { ending: string; mediaType: string }>> = {
  hledger: { ending: 'journal', mediaType: 'text/plain; charset=utf-8' },
  beancount: { ending: 'beancount', mediaType: 'text/plain; charset=utf-8' },
  xlsx: { ending: 'xlsx', mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
};

/** Writes the books into a file, from one view of the database. The file appears when it is whole. */
export async function exportBooks(
  db: Kysely<BooksDatabase>,
  format: BookFormat,
  question: JournalQuestion,
  path: string,
): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await withJournalBooks(db, question, (books) => write(format, books, partial));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function write(format: BookFormat, books: JournalBooks, path: string): Promise<void> {
  if (format === 'xlsx') {
    await writeXlsxBooks(path, books);
    return;
  }
  const text = format === 'hledger' ? hledgerJournal(books) : beancountJournal(books);
  await pipeline(Readable.from(text), createWriteStream(path, { flags: 'wx' }));
}
