import { DomainError } from '@provident/kernel';

export function accountUnknown(code: string): DomainError {
  return new DomainError(
    'account-unknown',
    `There is no account ${code}.`,
    '财会〔2017〕28号, part 2: the chart of accounts is fixed.',
    'Take the code from the chart of accounts.',
    { account: code },
  );
}

export function eventUnknown(event: string): DomainError {
  return new DomainError(
    'event-unknown',
    `There is no event ${event} in the log.`,
    'An event is named by its id or by its position in the log.',
    'Take it from a voucher, a statement or a restatement.',
    { event },
  );
}

export function parameterValueUnknown(id: string, area: string, from: string): DomainError {
  return new DomainError(
    'parameter-value-unknown',
    `No value of ${id} counts for area ${area} from ${from} on.`,
    'A value of a parameter is named by the parameter, its area and its first day.',
    'Take it from the event that rests on it.',
    { parameter: id, area, from },
  );
}

export function lineUnknown(line: string): DomainError {
  return new DomainError(
    'statement-line-unknown',
    `The statement has no line "${line}".`,
    'Lines are opening, credited, interest, closing, a month such as 2025-07, and total/<scheme>/<payer>.',
    'Explain the statement itself to see its lines.',
    { line },
  );
}

export function notExplainedHere(kinds: readonly string[]): DomainError {
  return new DomainError(
    'figure-not-explained-here',
    `Here only figures of these kinds are explained: ${kinds.join(', ')}.`,
    'Who may see what decides which figures are explained to whom.',
    'Ask where the figure itself is served, or as a supervisor.',
  );
}
