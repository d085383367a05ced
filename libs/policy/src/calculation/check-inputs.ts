import type { TSchema } from '@sinclair/typebox';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { InputError, type InputProblem } from './input-error.js';

const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false, discriminator: true });
const validators = new WeakMap<TSchema, ValidateFunction>();

/** Throws `InputError` with every problem: path, rule and an example of a good value. */
export function checkInputs(schema: TSchema, inputs: unknown): void {
  let validate = validators.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    validators.set(schema, validate);
  }
  if (validate(inputs)) return;
  const [first, ...others] = uniqueProblems(validate.errors ?? []);
  throw new InputError([first ?? { path: '', rule: 'is not valid', example: '{}' }, ...others]);
}

function uniqueProblems(errors: readonly ErrorObject[]): readonly InputProblem[] {
  // A failed oneOf or if also reports what each branch wanted; the one sentence about the choice is enough.
  const wholes = errors.filter(({ keyword }) => keyword === 'oneOf' || keyword === 'if');
  const inBranch = ({ instancePath, schemaPath }: ErrorObject) =>
    wholes.some((whole) => whole.instancePath === instancePath && schemaPath.startsWith(`${branchRoot(whole)}/`));
  // A failed "then" has already said which field is missing.
  const said = ({ keyword, params }: ErrorObject) => keyword === 'if' && params['failingKeyword'] === 'then';
  const problems = errors.filter((error) => !inBranch(error) && !said(error)).map(toProblem);
  const seen = new Set<string>();
  return problems.filter(({ path, rule }) => !seen.has(path + rule) && seen.add(path + rule));
}

function branchRoot({ keyword, schemaPath }: ErrorObject): string {
  return keyword === 'if' ? schemaPath.replace(/if$/, 'else') : schemaPath;
}

interface Annotated {
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly oneOf?: readonly { readonly required?: readonly string[] }[];
}

function toProblem(error: ErrorObject): InputProblem {
  const at = (field?: unknown) =>
    [...error.instancePath.split('/').slice(1), ...(typeof field === 'string' ? [field] : [])]
      .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : `${path}.${part}`), '')
      .replace(/^\./, '');
  const parent = error.parentSchema as Annotated & { properties?: Record<string, Annotated> };
  const params = error.params as Record<string, unknown>;
  const exampleOf = (schema: Annotated | undefined) => JSON.stringify(schema?.examples?.[0] ?? 'a value of its kind');
  const missing = params['missingProperty'];
  switch (error.keyword) {
    case 'required':
      return { path: at(missing), rule: 'is required', example: exampleOf(parent.properties?.[String(missing)]) };
    case 'dependentRequired':
      return {
        path: at(missing),
        rule: `is required together with ${String(params['property'])}`,
        example: exampleOf(parent.properties?.[String(missing)]),
      };
    case 'additionalProperties': {
      const names = Object.keys(parent.properties ?? {}).join(', ');
      return {
        path: at(params['additionalProperty']),
        rule: `is not a field here; fields are ${names}`,
        example: names,
      };
    }
    case 'oneOf': {
      const groups = (parent.oneOf ?? []).map(({ required = [] }) => required.join(' with ')).join(', or ');
      return { path: at(), rule: `give exactly one of: ${groups}`, example: groups };
    }
    case 'discriminator': {
      const tag = String(params['tag']);
      const rule = `must say one of the known kinds of ${tag}`;
      return { path: at(tag), rule, example: JSON.stringify(parent.examples?.[0] ?? tag) };
    }
    case 'enum':
      return { path: at(), rule: `must be one of ${list(params['allowedValues'])}`, example: exampleOf(parent) };
    case 'if':
      return { path: at(), rule: parent.description ?? 'fields do not fit together', example: exampleOf(parent) };
    default: {
      const kind = parent.description === undefined ? '' : ` (${parent.description})`;
      return { path: at(), rule: `${error.message ?? 'is not valid'}${kind}`, example: exampleOf(parent) };
    }
  }
}

function list(values: unknown): string {
  return Array.isArray(values) ? values.join(', ') : String(values);
}
