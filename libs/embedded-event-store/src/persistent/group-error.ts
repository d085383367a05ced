import { keyText, type GroupKey } from './group-key.js';

/** Why a persistent subscription could not be made, changed or joined. */
export type GroupFault = 'exists' | 'missing' | 'invalid' | 'full';

export class GroupError extends Error {
  constructor(
    readonly fault: GroupFault,
    readonly key: GroupKey,
    readonly reason = '',
  ) {
    super(`Persistent subscription ${keyText(key)}: ${reason === '' ? fault : reason}`);
  }
}
