import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomainError } from '@provident/kernel';
import { dataFolder } from '@provident/policy';
import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { parse } from 'yaml';
import { type Rule, RuleSchema } from './rule.js';

let shipped: readonly Rule[] | undefined;

/** The shipped rules, read and checked once per process. Throws `control-rules-invalid` naming every fault. */
export function loadRules(): readonly Rule[] {
  shipped ??= readRules(readFileSync(join(dataFolder(), '..', '..', 'supervision', 'data', 'rules.yaml'), 'utf8'));
  return shipped;
}

/** Reads rules from YAML. */
export function readRules(yaml: string): readonly Rule[] {
  const content: unknown = parse(yaml);
  const problems = [...Value.Errors(Type.Array(RuleSchema), content)].map(({ path, message }) => `${path}: ${message}`);
  if (problems.length > 0) throw invalid(problems);
  const rules = content as Rule[];
  const twice = rules.filter(({ id }, place) => rules.findIndex((each) => each.id === id) !== place);
  if (twice.length > 0) throw invalid(twice.map(({ id }) => `${id} stands there twice`));
  return rules;
}

function invalid(problems: readonly string[]): DomainError {
  return new DomainError(
    'control-rules-invalid',
    problems.join('\n'),
    'A rule of control names what it looks for, its legal basis and whom a finding goes to.',
    'Correct libs/supervision/data/rules.yaml.',
  );
}
