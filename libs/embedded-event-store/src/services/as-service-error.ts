import { status } from '@grpc/grpc-js';
import { DerivedStreamError } from '../engine/derived-stream-error.js';
import { FilterError } from '../engine/filter-error.js';
import { GroupError } from '../persistent/group-error.js';
import { MalformedMessage } from '../protocol/messages.js';
import { StorageError } from '../storage/storage-error.js';
import { groupFailed, invalidArgument, ServiceError } from './service-error.js';

/** What a client is told about an error from below; one nobody foresaw is INTERNAL with its text. */
export function asServiceError(error: unknown): ServiceError {
  if (error instanceof ServiceError) return error;
  if (error instanceof MalformedMessage) return invalidArgument(error.message);
  if (error instanceof FilterError || error instanceof DerivedStreamError) return invalidArgument(error.message);
  if (error instanceof GroupError) return groupFailed(error);
  if (error instanceof StorageError) {
    return new ServiceError(storageCodes[error.fault] ?? status.INTERNAL, error.message);
  }
  return new ServiceError(status.INTERNAL, error instanceof Error ? error.message : String(error));
}

const storageCodes: Partial<Record<StorageError['fault'], status>> = {
  full: status.RESOURCE_EXHAUSTED,
  unwritable: status.UNAVAILABLE,
  damaged: status.DATA_LOSS,
};
