import type { GroupKey } from '../persistent/group-key.js';
import type { GroupOptions } from '../protocol/persistent-requests.js';
import { invalidArgument } from './service-error.js';
import { groupName } from './persistent-settings.js';
import { streamNameOf } from './stream-name.js';

/** @throws ServiceError INVALID_ARGUMENT when the message names no group */
export function groupKeyOf(options: GroupOptions | null): GroupKey {
  if (!options) throw invalidArgument('The request must name a persistent subscription.');
  const group = groupName(options.groupName);
  return options.streamOption === 'all'
    ? { stream: undefined, group }
    : { stream: streamNameOf(options.streamIdentifier), group };
}
