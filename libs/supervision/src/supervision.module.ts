import { type DynamicModule, Module } from '@nestjs/common';
import { ControlModule } from './control/control.module.js';
import { ExplainModule } from './explain/explain.module.js';
import { JournalModule } from './journal-export/journal.module.js';
import { ReplayModule } from './replay/replay.module.js';
import { RestatementModule } from './restatement/restatement.module.js';
import { WhatIfModule } from './what-if/what-if.module.js';
import { TransparencyModule, type TransparencyOptions } from './transparency.module.js';

/**
 * What regulators and auditors come for: proofs, archives, replay, control. Every room brings its own module. `readSide` is
 * the module object that `ProjectionsModule.forRoot` gave; the event store and the clock are the surroundings'.
 */
@Module({})
export class SupervisionModule {
  static over(readSide: DynamicModule, transparency: TransparencyOptions): DynamicModule {
    const control = ControlModule.over(readSide);
    return {
      module: SupervisionModule,
      imports: [
        ...[JournalModule.over(readSide), RestatementModule.over(readSide), ExplainModule.over(readSide), control],
        ...[ReplayModule.over(readSide), WhatIfModule],
        TransparencyModule.over(readSide, control, transparency),
      ],
    };
  }
}
