import { messages } from '../protocol/requests.js';

/** What a read or a subscription says besides events. */
export const readAnswers = {
  confirmation: (subscriptionId: string): Buffer => messages.readAnswer.encode({ confirmation: { subscriptionId } }),
  checkpoint: (position: number): Buffer =>
    messages.readAnswer.encode({ checkpoint: { commitPosition: position, preparePosition: position } }),
  caughtUp: (): Buffer => messages.readAnswer.encode({ caughtUp: {} }),
  streamNotFound: (stream: string): Buffer =>
    messages.readAnswer.encode({ streamNotFound: { streamIdentifier: { streamName: Buffer.from(stream) } } }),
  firstRevision: (revision: number): Buffer => messages.readAnswer.encode({ firstStreamPosition: revision }),
  lastRevision: (revision: number): Buffer => messages.readAnswer.encode({ lastStreamPosition: revision }),
};
