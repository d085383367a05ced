import type { FactoryProvider } from '@nestjs/common';
import { PolicyBook, PolicyInForce } from '@provident/policy';

/** The parameters as they stand when asked. */
export type LawInForce = () => PolicyBook;
export const LAW_IN_FORCE = Symbol('the law in force');

export const lawInForce: FactoryProvider<LawInForce> = {
  provide: LAW_IN_FORCE,
  useFactory: (shipped: PolicyBook, inForce?: PolicyInForce) => () => inForce?.book ?? shipped,
  // A process that only answers questions has the shipped book alone.
  inject: [PolicyBook, { token: PolicyInForce, optional: true }],
};
