/*
 * Finds the proofs in a printed statement. Files lie in a PDF as streams of the type EmbeddedFile, deflated; the programs of
 * this agency write them as plain objects. Whatever is not found so has no proofs here, and is not called genuine.
 */

const MOST_BYTES = 20_000_000;
const STREAM = /\/EmbeddedFile\b[^]{0,2000}?>>\s*stream\r?\n/g;

/** The text of every file inside the PDF that can be read. */
export async function filesInPdf(bytes: Uint8Array<ArrayBuffer>): Promise<readonly string[]> {
  // One character for each byte, so that places in the text are places in the file.
  const text = new TextDecoder('latin1').decode(bytes);
  const files: string[] = [];
  for (const { index, 0: head } of text.matchAll(STREAM)) {
    const start = index + head.length;
    const end = text.indexOf('endstream', start);
    if (end < 0) continue;
    const content = await inflated(bytes.slice(start, end), head.includes('/FlateDecode'));
    if (content !== undefined) files.push(content);
  }
  return files;
}

/** The text of a stream; undefined for one that is empty or too long. */
export async function inflated(bytes: Uint8Array<ArrayBuffer>, isDeflated: boolean): Promise<string | undefined> {
  if (!isDeflated) return new TextDecoder().decode(bytes);
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || length > MOST_BYTES) break;
      chunks.push(value);
      length += value.length;
    }
  } catch {
    // A line end before `endstream` is no part of the stream: what came before it is whole, or the proof will not hold.
  }
  return length === 0 || length > MOST_BYTES ? undefined : new Blob(chunks).text();
}
