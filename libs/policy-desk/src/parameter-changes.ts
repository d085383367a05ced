import type { Aggregate } from '@provident/event-store';
import {
  policyChange,
  type PolicyBook,
  type PolicyChangeCommand,
  type PolicyChangeState,
  type PolicyEvent,
  policyEventSchemas,
} from '@provident/policy';

export type ParameterChanges = Aggregate<PolicyChangeState, PolicyChangeCommand, PolicyEvent>;

/** The changes of one area's parameters: stream `policy-<area>`. Proposals are checked against the shipped definitions. */
export function parameterChanges(shipped: PolicyBook): ParameterChanges {
  return { ...policyChange(shipped), category: 'policy', schemas: policyEventSchemas };
}
