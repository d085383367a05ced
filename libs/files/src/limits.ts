const KiB = 1024;
const MiB = 1024 * KiB;

/** What a file may cost us. Every figure is a refusal with a clear error, never a silent cut. */
export interface FileLimits {
  /** Bytes of the file as sent. The file is held in memory once, so this is also its share of memory. */
  readonly fileBytes: number;
  /** Rows below the header. */
  readonly rows: number;
  readonly columns: number;
  /** Characters (UTF-16 units) of one cell. */
  readonly cellCharacters: number;
  /** Bytes of one CSV record: where an unclosed quotation mark would swallow the rest of the file. */
  readonly recordBytes: number;
  readonly zipEntries: number;
  /** Bytes of all entries of a workbook together, once inflated. */
  readonly inflatedBytes: number;
  /** Inflated bytes per compressed byte of one entry, looked at beyond `ratioFreeBytes`. */
  readonly inflationRatio: number;
  readonly ratioFreeBytes: number;
  /** Characters of a workbook's shared strings, which stay in memory while its sheet is read. */
  readonly sharedTextCharacters: number;
  readonly sharedTexts: number;
  /** Characters of one XML tag or text run, and depth of XML elements. */
  readonly xmlTokenCharacters: number;
  readonly xmlDepth: number;
  /** Faults returned in full; further ones are counted by kind. */
  readonly faultsInFull: number;
  /** Typed rows handed over at a time. */
  readonly chunkRows: number;
}

export const FILE_LIMITS: FileLimits = {
  // 200,000 rows of a payroll take about 15 MB as CSV; four times that leaves room for long names and spare columns.
  fileBytes: 64 * MiB,
  // Twice the largest payroll in sight (100,000 people of one employer in one area).
  rows: 200_000,
  // The widest file we read has eight columns; more than this is another kind of table.
  columns: 32,
  // The longest text of an event (the purpose of a receipt) has 500 characters.
  cellCharacters: 1_000,
  // 32 cells of 1,000 characters of 4 bytes.
  recordBytes: 128 * KiB,
  // A workbook of one sheet has about ten parts; themes, printer settings and drawings add some.
  zipEntries: 200,
  // 200,000 rows of eight cells take about 100 MB of sheet XML.
  inflatedBytes: 256 * MiB,
  // Sheet XML deflates 5 to 40 times; deflate itself ends at 1,032 times, which only a bomb comes near.
  inflationRatio: 120,
  // Small parts may be all alike (empty styles): they cannot hurt, so their ratio says nothing.
  ratioFreeBytes: MiB,
  // 200,000 different numbers and names take about 6 million characters.
  sharedTextCharacters: 32 * MiB,
  sharedTexts: 2_000_000,
  // One tag of a sheet has under 100 characters; a cell may hold 32,767, escaped.
  xmlTokenCharacters: 512 * KiB,
  xmlDepth: 64,
  // What a clerk can work through; beyond it the file itself is the wrong one.
  faultsInFull: 1_000,
  // Large enough that the cost per chunk vanishes, small enough to stay in a processor's cache.
  chunkRows: 500,
};
