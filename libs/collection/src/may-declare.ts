import { DomainError, type Month } from '@provident/kernel';
import { type EmployerFacts, isSuspendedIn } from './register-views.js';

/** Throws where the register says that the employer declares nothing for the month. */
export function checkMayDeclare(employer: EmployerFacts, month: Month): void {
  if (employer.status === 'cancelling') {
    throw new DomainError(
      'employer-cancelling',
      "The cancellation of the employer's registration is under way.",
      '经办条例 第10条: dues are settled before a registration ends; none arise while they are being settled.',
      'Wait for the answer to the cancellation.',
    );
  }
  if (employer.status === 'cancelled') {
    throw new DomainError(
      'employer-cancelled',
      "The employer's registration was cancelled.",
      '社会保险法 第60条: a registered employer declares.',
      'Register the employer anew, if it has staff again.',
    );
  }
  if (isSuspendedIn(employer, month)) {
    throw new DomainError(
      'employer-suspended',
      `The employer's registration is suspended in ${month}.`,
      'A suspended registration declares nothing.',
      'Resume the registration from this month on, or declare a later month.',
      { month },
    );
  }
}
