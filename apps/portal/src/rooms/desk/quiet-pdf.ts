import { inflated } from '../verify/statement-in-pdf.js';

/*
 * Browsers' viewers run the scripts of a PDF. Shown is therefore only one that holds none, nor anything else that acts: the
 * whole file is searched for the names of such things, in its own bytes, with escapes read, and inside its packed objects.
 * Whatever cannot be searched is not called quiet, and is only downloaded.
 */
const ACTS = /\/(JavaScript|JS|OpenAction|AA|Launch|SubmitForm|ImportData|RichMedia|XFA|GoToR|GoToE)[\s()<>[\]{}/%]/;
const PACKED = /\/ObjStm\b/g;

export async function isQuietPdf(bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  // One character for each byte, so that places in the text are places in the file.
  const text = new TextDecoder('latin1').decode(bytes);
  if (acts(text) || countOf(text) !== countOf(unescaped(text))) return false;
  for (const { index } of text.matchAll(PACKED)) {
    const [begin, end] = [text.lastIndexOf(' obj', index), text.indexOf('stream', index)];
    const head = text.slice(begin, end);
    if (begin < 0 || end < 0 || !head.includes('/FlateDecode') || head.includes('/DecodeParms')) return false;
    const start = end + 'stream'.length + (text.startsWith('\r\n', end + 'stream'.length) ? 2 : 1);
    const content = await inflated(bytes.slice(start, text.indexOf('endstream', start)), true);
    if (content === undefined || acts(content)) return false;
  }
  return true;
}

const acts = (text: string): boolean => ACTS.test(`${unescaped(text)} `);
const countOf = (text: string): number => text.match(PACKED)?.length ?? 0;

/** Names may be written with their characters' codes: `/J#53` is `/JS`. */
function unescaped(text: string): string {
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
