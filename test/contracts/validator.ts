import type { JsonSchema } from '../../deploy/contracts/json-schema.js';
import { Ajv2020 } from 'ajv/dist/2020.js';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, addUsedSchema: false });

/** Whether data fits a schema, asked of an implementation of JSON Schema 2020-12 that is not ours. */
export function validator(schema: JsonSchema): (data: unknown) => boolean {
  return ajv.compile(schema);
}
