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

/** Sends a file as the body of a request; its name, where it is asked for, in a header, which no proxy keeps. */
export async function sendFile(path: string, body: File, name?: string): Promise<Response> {
  const headers = new Headers({ 'content-type': 'application/octet-stream' });
  if (name !== undefined) headers.set('content-disposition', dispositionOf(name));
  const answer = await authorised(new Request(new URL(path, location.origin), { method: 'POST', headers, body }));
  if (!answer.ok) throw new Refused(problemOf(await answer.json().catch(() => undefined), answer));
  return answer;
}

/** A header's form of a name with any characters (RFC 8187), which leaves fewer of them as they are than an address does. */
function dispositionOf(name: string): string {
  const code = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, code)}`;
}
