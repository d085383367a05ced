import { limits } from '../limits.js';
import type { StreamIdentifier } from '../protocol/requests.js';
import { invalidArgument } from './service-error.js';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws ServiceError INVALID_ARGUMENT when the name is missing, too long or not UTF-8 */
export function streamNameOf(identifier: StreamIdentifier | null): string {
  const bytes = identifier?.streamName;
  if (!bytes || bytes.length === 0) throw invalidArgument('A stream name must not be empty.');
  if (bytes.length > limits.streamNameBytes) {
    throw invalidArgument(`A stream name may have ${limits.streamNameBytes} bytes; this one has ${bytes.length}.`);
  }
  let name: string;
  try {
    name = utf8.decode(bytes);
  } catch {
    throw invalidArgument('A stream name must be UTF-8.');
  }
  if (name === '$$' || name === '$all') throw invalidArgument(`'${name}' is not the name of a stream.`);
  return name;
}
