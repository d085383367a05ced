import { DomainError } from '@provident/kernel';
import type { Content } from '@provident/policy';
import { ProposeParameterBody } from '@provident/policy-desk';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { ProposeOptions } from './commands/policy.js';

/** The options of a proposal as the body that HTTP takes, checked by the same rules. */
export function proposalOf(options: ProposeOptions, ownArea: string): ProposeParameterBody {
  const { parameter, area = ownArea, from, to, document, number, article, source, confidence, reason } = options;
  const basis = {
    document,
    ...(number === undefined ? {} : { number }),
    ...(article === undefined ? {} : { article }),
  };
  const body = plainToInstance(ProposeParameterBody, {
    ...{ parameter, area, from, value: valueOf(options.value), basis, source, confidence, reason },
    ...(to === undefined ? {} : { to }),
  });
  const faults = validateSync(body).flatMap(sentences);
  if (faults.length === 0) return body;
  throw new DomainError(
    'request-malformed',
    faults.join('; '),
    'A proposal names parameter, value, period and legal basis.',
    'Correct the options.',
  );
}

function sentences({ constraints = {}, children = [] }: ValidationError): string[] {
  return [...Object.values(constraints), ...children.flatMap(sentences)];
}

/** A value of several fields is given as JSON; any other is a text. */
function valueOf(text: string): Content {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Content;
  } catch (error) {
    throw new DomainError(
      'request-malformed',
      `--value is not JSON: ${(error as Error).message}`,
      'A value of several fields is a JSON object, every number as text.',
      'Write it like {"1":"0.0016","2":"0.0032"}, in single quotes.',
    );
  }
}
