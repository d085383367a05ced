import { DomainError } from '@provident/kernel';

export function tooLarge(what: string, most: number): DomainError {
  return new DomainError(
    'simulation-too-large',
    `The history holds more than ${most} ${what}.`,
    'A simulation keeps what it sums up in memory, within bounds that are known beforehand.',
    'Simulate on a machine of your own with ledgerctl, up to an earlier position.',
    { most },
  );
}
