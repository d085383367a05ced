import { type DynamicModule, Module } from '@nestjs/common';
import { StatementReader } from './statement-reader.js';
import { PORTAL_URL, StatementsController } from './statements.controller.js';

/**
 * The statements over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave: it knows the times. Printed
 * statements lead to `portalUrl`, where there is a portal for the public.
 */
@Module({})
export class StatementsModule {
  static over(readSide: DynamicModule, portalUrl?: string): DynamicModule {
    return {
      module: StatementsModule,
      imports: [readSide],
      controllers: [StatementsController],
      providers: [StatementReader, { provide: PORTAL_URL, useValue: portalUrl }],
      exports: [StatementReader],
    };
  }
}
