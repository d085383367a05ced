import { DomainError } from '@provident/kernel';

export function timesReversed(before: bigint, after: bigint): DomainError {
  return new DomainError(
    'knowledge-reversed',
    `Position ${before} is not before ${after}.`,
    'A restatement compares what was known first with what was known later.',
    'Exchange the two, or name another pair.',
    { before: before.toString(), after: after.toString() },
  );
}

export function tooManyMonths(most: number): DomainError {
  return new DomainError(
    'restatement-too-long',
    `Between the two positions figures of more than ${most} months may have changed.`,
    `One report compares the indicators of ${most} months at most.`,
    'Name positions that lie closer together, or an earlier last day.',
    { most },
  );
}
