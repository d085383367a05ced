import { keepAnswer } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { Refused, problemOf } from '../../api/problem.js';
import { authorised } from '../../api/session.js';

export type SheetCheck = components['schemas']['SheetCheckAnswer'];
type FileAnswer = components['schemas']['FileAnswer'];

/** Where a file of a kind goes: a declaration belongs to an employer and a month. */
export type Destination =
  | { readonly kind: 'receipts' | 'employers' | 'people' }
  | { readonly kind: 'declaration'; readonly creditCode: string; readonly month: string };

export function checkFile(to: Destination, file: File): Promise<SheetCheck> {
  return sendFile(`${pathOf(to)}/checks`, file).then((answer) => answer.json() as Promise<SheetCheck>);
}

export function takeFile(to: Destination, file: File, goodRowsOnly: boolean): Promise<FileAnswer> {
  const query = goodRowsOnly ? '?acceptGoodRows=true' : '';
  return sendFile(`${pathOf(to)}${query}`, file).then((answer) => answer.json() as Promise<FileAnswer>);
}

/** Fetches the sheet with its faults in its own rows. */
export async function fetchMarked(to: Destination, file: File): Promise<string> {
  return keepAnswer(await sendFile(`${pathOf(to)}/marked-copies`, file), 'marked.xlsx');
}

function pathOf(to: Destination): string {
  if (to.kind !== 'declaration') return to.kind === 'receipts' ? '/api/receipts' : `/api/${to.kind}/imports`;
  return `/api/employers/${encodeURIComponent(to.creditCode)}/declarations/${encodeURIComponent(to.month)}`;
}

/** Sends a file as the body of a request. */
export async function sendFile(path: string, body: File): Promise<Response> {
  const headers = { 'content-type': 'application/octet-stream' };
  const answer = await authorised(new Request(new URL(path, location.origin), { method: 'POST', headers, body }));
  if (!answer.ok) throw new Refused(problemOf(await answer.json().catch(() => undefined), answer));
  return answer;
}
