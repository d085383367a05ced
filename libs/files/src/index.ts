export { type Fault, FaultList, type FaultReport } from './faults.js';
export type { FileSource } from './file-bytes.js';
export type { FileOptions, FileOutcome } from './file-outcome.js';
export type { TypedFile } from './typed-file.js';
export { type MarkedSheet, markedCopy, markedSheet, type RowFault } from './marked-sheet.js';
export { type Sheet, type SheetRow, writeWorkbook } from './workbook-writer.js';
