import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CLOCK, type Clock } from '@provident/kernel';
import { loadPolicy, PolicyBook } from '@provident/policy';

/** What every context is given from outside: the law as shipped, on which the policy desk builds, and the clock. */
@Global()
@Module({})
export class SurroundingsModule {
  static with(clock: Clock): DynamicModule {
    const providers = [
      { provide: PolicyBook, useFactory: loadPolicy },
      { provide: CLOCK, useValue: clock },
    ];
    return { module: SurroundingsModule, providers, exports: [PolicyBook, CLOCK] };
  }
}
