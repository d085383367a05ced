import { parentPort, workerData } from 'node:worker_threads';
import { examinePart } from './examine-part.js';
import type { ArchivePart, ArchiveSegment } from './manifest.js';
import { SegmentReader } from './segment-reader.js';

/** What the worker is asked: the part at a place of a segment. It answers with the part's findings, in the same order. */
export interface ExamineRequest {
  readonly segment: ArchiveSegment;
  readonly place: number;
}

const folder = workerData as string;
let open: { readonly segment: ArchiveSegment; readonly reader: SegmentReader } | undefined;
let turn: Promise<void> = Promise.resolve();

async function answer({ segment, place }: ExamineRequest): Promise<void> {
  if (open?.segment.file !== segment.file) {
    await open?.reader.close();
    open = undefined;
    open = { segment, reader: await SegmentReader.open(folder, segment) };
  }
  // The reader tells a part by its identity.
  const part = open.segment.parts[place] as ArchivePart;
  parentPort?.postMessage(await examinePart(open.reader, open.segment, part));
}

parentPort?.on('message', (request: ExamineRequest) => {
  // A failure ends the worker with its error, which the examination receives.
  turn = turn.then(() => answer(request));
});
