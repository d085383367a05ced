import { DomainError, isBusinessDate } from '@provident/kernel';
import { type Content, type OverlayValue } from '@provident/policy';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';

const DateText = Type.String({ pattern: '^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$' });

/** A proposed value: a parameter, where and when it would count, and the document that proposes it. */
const ProposedValue = Type.Object(
  {
    parameter: Type.String({ minLength: 1 }),
    area: Type.String({ pattern: '^[0-9]{6}$' }),
    from: DateText,
    to: Type.Optional(DateText),
    /** In the unit and form of the present value, every number as text. */
    value: Type.Unsafe<Content>(
      Type.Union([Type.String(), Type.Array(Type.Unknown()), Type.Record(Type.String(), Type.Unknown())]),
    ),
    basis: Type.Object(
      {
        document: Type.String({ minLength: 1 }),
        number: Type.Optional(Type.String({ minLength: 1 })),
        article: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** Reads an overlay from YAML (or JSON, which is YAML): a list of proposed values. Throws `overlay-malformed`. */
export function readOverlay(text: string): OverlayValue[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch (error) {
    throw malformed([(error as Error).message]);
  }
  return overlayValues(content);
}

/** Checks a list of proposed values. Whether their parameters take them, the book says. Throws `overlay-malformed`. */
export function overlayValues(content: unknown): OverlayValue[] {
  const Overlay = Type.Array(ProposedValue, { minItems: 1, maxItems: 100 });
  const problems = [...Value.Errors(Overlay, content)].map(({ path, message }) => `${path || 'the file'}: ${message}`);
  if (problems.length > 0) throw malformed(problems);
  const values = content as Static<typeof Overlay>;
  const noDates = values.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]).filter(isNoDate);
  if (noDates.length > 0) throw malformed(noDates.map((each) => `${each} is no day of the calendar`));
  return values.map((each) => ({ ...each, source: 'a proposal, tried out', confidence: 'not-rechecked' }));
}

function isNoDate(text: string): boolean {
  return !isBusinessDate(text);
}

function malformed(problems: readonly string[]): DomainError {
  return new DomainError(
    'overlay-malformed',
    problems.join('\n'),
    'An overlay is a list of values: parameter, area, from (and to), value as text, and basis with its document.',
    'Correct the file.',
  );
}
