import { type DynamicModule, Module } from '@nestjs/common';
import { ControlModule } from './control/control.module.js';
import { RestatementModule } from './restatement/restatement.module.js';

/**
 * What regulators and auditors come for: proofs, archives, replay, control. Every room brings its own module. `readSide` is
 * the module object that `ProjectionsModule.forRoot` gave; the event store and the clock are the surroundings'.
 */
@Module({})
export class SupervisionModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: SupervisionModule,
      imports: [RestatementModule.over(readSide), ControlModule.over(readSide)],
    };
  }
}
