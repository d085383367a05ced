import createClient from 'openapi-fetch';
import type { paths } from './office.js';
import { Refused, problemOf } from './problem.js';
import { authorised } from './session.js';

/** The office's routes, typed by its OpenAPI document. Every request bears the session's token. */
export const office = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: authorised });

interface Outcome<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What was answered. Throws `Refused` with the problem that the office told, and for an office that does not answer. */
export async function answered<Data>(asking: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await asking.catch((cause: unknown) => {
    throw new Refused({ type: 'urn:provident:problem:unreachable', title: String(cause), status: 0 });
  });
  if (response.ok) return data as Data;
  throw new Refused(problemOf(error, response));
}

/** Fetches a file and hands it to the browser to keep, under the name that the office gave it. */
export async function download(path: string): Promise<string> {
  const response = await authorised(new Request(new URL(path, globalThis.location.origin)));
  if (!response.ok) throw new Refused(problemOf(await response.json().catch(() => undefined), response));
  return keepAnswer(response, path.split('/').at(-1) ?? 'file');
}

/** Hands an answer that is a file to the browser to keep; answers the name that the office gave it. */
export async function keepAnswer(response: Response, fallback: string): Promise<string> {
  const name = fileName(response.headers.get('content-disposition')) ?? fallback;
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return name;
}

function fileName(disposition: string | null): string | undefined {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '') ?? [];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="([^"]+)"/i.exec(disposition ?? '')?.[1];
}
