import { type DynamicModule, Module } from '@nestjs/common';
import { READ_QUERIES } from '@provident/projections';
import type { SupervisionDatabase } from '../database.js';
import { AlertDesk } from './alerts/alert-desk.js';
import { AlertQueries } from './alerts/alert-queries.js';
import { invariantChecks } from './checks/invariant-checks.js';
import { CONTROL_CHECKS } from './control-check.js';
import { ControlDesk } from './control-desk.js';
import { ControlWatch } from './control-watch.js';
import { ControlController } from './control.controller.js';

/** Continuous control. Whoever runs the module says whether this process examines daily (`ControlWatch.start`). */
@Module({})
export class ControlModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: ControlModule,
      imports: [readSide],
      controllers: [ControlController],
      providers: [
        {
          provide: CONTROL_CHECKS,
          useFactory: (db: SupervisionDatabase) => invariantChecks(db),
          inject: [READ_QUERIES],
        },
        ...[AlertDesk, AlertQueries, ControlDesk, ControlWatch],
      ],
      exports: [CONTROL_CHECKS, AlertDesk, AlertQueries, ControlDesk, ControlWatch],
    };
  }
}
