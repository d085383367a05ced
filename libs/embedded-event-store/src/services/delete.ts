import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Access } from '../access/access.js';
import type { ExpectedRevision } from '../engine/append-decision.js';
import type { WriteOutcome } from '../engine/commands.js';
import { asServiceError } from './as-service-error.js';
import { type AppendOptions, messages } from '../protocol/requests.js';
import { invalidArgument, streamDeleted, wrongExpectedVersion } from './service-error.js';
import { expectedOfAppend } from './proposed-event.js';
import { streamNameOf } from './stream-name.js';

type DeleteRequest = { readonly options: AppendOptions | null };
type DeleteCommand = (stream: string, expected: ExpectedRevision) => Promise<WriteOutcome>;

/** `Streams.Delete` and `Streams.Tombstone`, which differ only in the command. */
export function deleteHandler(command: DeleteCommand, access: Access): handleUnaryCall<DeleteRequest, Buffer> {
  return (call, callback) => {
    run(command, call.request, (stream) => access.toStream(call.metadata, 'delete', stream)).then(
      (response) => callback(null, response),
      (error: unknown) => callback(asServiceError(error)),
    );
  };
}

async function run(
  command: DeleteCommand,
  { options }: DeleteRequest,
  authorize: (stream: string) => void,
): Promise<Buffer> {
  if (!options) throw invalidArgument('A delete must have options.');
  const stream = streamNameOf(options.streamIdentifier);
  authorize(stream);
  const expected = expectedOfAppend(options);
  const outcome = await command(stream, expected);
  switch (outcome.kind) {
    case 'done':
      return messages.deleteAnswer.encode({
        position: { commitPosition: outcome.position, preparePosition: outcome.position },
      });
    case 'wrong-revision':
      throw wrongExpectedVersion(stream, expected, outcome.current);
    case 'deleted':
      throw streamDeleted(stream);
    case 'timeout':
      throw new Error('A delete has no deadline inside its message.');
  }
}
