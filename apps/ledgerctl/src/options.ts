import { readFile } from 'node:fs/promises';
import { PersonIndex } from '@provident/access';
import type { Ledger } from '@provident/assembly';
import { businessDate, DomainError, FUNDS, type Fund, KNOWN_AT_FORM, knownAtText, month } from '@provident/kernel';
import { type LogPoint, logPointOf } from '@provident/supervision';

import { InvalidArgumentError, Option } from 'commander';

/** Turns a value that the kernel refuses into commander's own complaint, which names the option. */
function checked<T>(read: (text: string) => T): (text: string) => T {
  return (text) => {
    try {
      return read(text);
    } catch (error) {
      if (error instanceof DomainError) throw new InvalidArgumentError(`${error.message} ${error.remedy}`);
      throw error;
    }
  };
}

export const dateOf = checked(businessDate);
export const monthOf = checked(month);

export const yearOf = (text: string): number => {
  if (!/^\d{4}$/.test(text)) throw new InvalidArgumentError('Write the year with four digits, for example 2025.');
  return Number(text);
};

export const numberOf = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Write a whole number from 1.');
  return Number(text);
};

export const areaOf = (text: string): string => {
  if (!/^\d{6}$/.test(text))
    throw new InvalidArgumentError('An area is a division code of six digits, such as 310000.');
  return text;
};

/** A person is named by citizen number or by person id: the id, which the ledger's index gives for a number. */
export const personIn = (ledger: Ledger, text: string): string =>
  /^\d{17}[\dX]$/.test(text) ? ledger.get(PersonIndex).personIdOf(text) : text;

export const fundOption = (): Option => new Option('--fund <fund>', 'one fund').choices([...FUNDS] satisfies Fund[]);

export const jsonOption = (): Option => new Option('--json', 'print machine-readable output');

/** Kept as text: a time becomes a log position only where the log is at hand (`KnownTimes`). */
export const knownAt = checked((text) => {
  knownAtText(text);
  return text;
});

export const knownAtOption = (): Option =>
  new Option('--known-at <position|date|time>', `as it was known at ${KNOWN_AT_FORM}`).argParser(knownAt);

/** A point of the log: a position, or the day on which the log took an event. */
export const logPoint = (text: string): LogPoint => {
  const point = logPointOf(text);
  if (point === undefined) throw new InvalidArgumentError('Write a log position, or a day such as 2025-12-31.');
  return point;
};

/** Public keys from a source that the reader trusts: files with a key a line, as they are published. */
export const keyFileOption = (): Option =>
  new Option(
    '--key <file>',
    "file with the log's or a witness's public keys, a line each; may be given several times",
  ).argParser((value: string, before?: readonly string[]): readonly string[] => [...(before ?? []), value]);

export async function readKeyFiles(files: readonly string[] = []): Promise<string[]> {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return texts.flatMap((text) => text.split('\n').filter((line) => line.trim() !== ''));
}
