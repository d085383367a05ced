import { SETTINGS_STREAM } from '../access/default-acls.js';
import type { EventStore } from '../engine/event-store.js';
import { metastreamOf } from '../engine/system-names.js';
import { Doorbell } from '../engine/wakeups.js';
import type { ResponseStream } from './response-stream.js';

/** Ends a subscription with "access denied" when its user loses the right to read the stream while it runs. */
export function watchAccess(store: EventStore, stream: string, response: ResponseStream, authorize: () => void): void {
  const bell = new Doorbell();
  const watched = [metastreamOf(stream), SETTINGS_STREAM];
  for (const name of watched) store.wakeups.attach(name, bell);
  response.onClose(() => {
    for (const name of watched) store.wakeups.detach(name, bell);
    bell.ring();
  });
  const watch = async (): Promise<void> => {
    while (!response.isClosed) {
      await bell.wait();
      authorize();
    }
  };
  watch().catch((error: unknown) => response.fail(error));
}
