import { type DynamicModule, Module } from '@nestjs/common';
import { JournalController } from './journal.controller.js';

/** The books in the formats that auditors' own programs read. */
@Module({})
export class JournalModule {
  static over(readSide: DynamicModule): DynamicModule {
    return { module: JournalModule, imports: [readSide], controllers: [JournalController] };
  }
}
