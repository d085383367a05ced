import { type DynamicModule, Module } from '@nestjs/common';
import { RestatementController } from './restatement.controller.js';
import { Restatements } from './restatements.js';

/** What came out otherwise between two points of knowledge. */
@Module({})
export class RestatementModule {
  static over(readSide: DynamicModule): DynamicModule {
    return {
      module: RestatementModule,
      imports: [readSide],
      controllers: [RestatementController],
      providers: [Restatements],
      exports: [Restatements],
    };
  }
}
