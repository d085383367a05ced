import { type DynamicModule, Module } from '@nestjs/common';
import { StatementReader } from './statement-reader.js';
import { StatementsController } from './statements.controller.js';

/** The statements over HTTP. `readSide` is the module object that `ProjectionsModule.forRoot` gave: it knows the times. */
@Module({})
export class StatementsModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: StatementsModule,
      imports: [readSide],
      controllers: [StatementsController],
      providers: [StatementReader],
      exports: [StatementReader],
    };
  }
}
