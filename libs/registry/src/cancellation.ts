import { DomainError } from '@provident/kernel';
import type { EmployerCommand, EmployerState } from './employer.js';
import type { EmployerEvent } from './events.js';
import { registered } from './registration.js';

/*
 * The end of a registration (注销登记) is a small process, because what is owed stands in another stream:
 *
 *   CancellationRequested -> collection closes the dues, or says what is owed -> RegistrationCancelled | CancellationRefused
 *
 * From the request on no declaration is filed. One that was on its way meets the closed dues, opens them again, and so
 * refuses or undoes the cancellation: whichever comes first, no registration stays cancelled with a fen owed.
 */

type CommandOf<Type extends EmployerCommand['type']> = Extract<EmployerCommand, { type: Type }>;

export function requestCancellation(
  { requestId, requestedOn, reason }: CommandOf<'RequestCancellation'>,
  state: EmployerState,
): readonly EmployerEvent[] {
  const isSame = state.status !== 'unregistered' && state.request?.requestId === requestId;
  if (isSame) return [];
  const { creditCode, registeredOn } = registered(state);
  if (requestedOn < registeredOn) {
    throw new DomainError(
      'cancellation-too-early',
      `The employer is registered since ${registeredOn}; ${requestedOn} is before that.`,
      'A registration ends after it began.',
      'Give the day of the request.',
    );
  }
  return [{ type: 'CancellationRequested', data: { creditCode, requestId, requestedOn, reason } }];
}

export function concludeCancellation(
  { requestId, owed, on }: CommandOf<'ConcludeCancellation'>,
  state: EmployerState,
): readonly EmployerEvent[] {
  if (state.status !== 'cancelling' || state.request?.requestId !== requestId) return [];
  const { creditCode } = state;
  if (owed.length === 0) return [{ type: 'RegistrationCancelled', data: { creditCode, requestId, cancelledOn: on } }];
  return [{ type: 'CancellationRefused', data: { creditCode, requestId, owed: [...owed], refusedOn: on } }];
}

/** Also right when this arrives before the closing that it follows: the request is then answered, and the closing too late. */
export function reopenAfterDues(
  { requestId, owed, on }: CommandOf<'ReopenAfterDues'>,
  state: EmployerState,
): readonly EmployerEvent[] {
  if (state.status === 'unregistered' || state.request?.requestId !== requestId) return [];
  const { creditCode } = state;
  const data = { creditCode, requestId, owed: [...owed] };
  if (state.status === 'cancelling') return [{ type: 'CancellationRefused', data: { ...data, refusedOn: on } }];
  if (state.status === 'cancelled') return [{ type: 'CancellationUndone', data: { ...data, undoneOn: on } }];
  return [];
}
