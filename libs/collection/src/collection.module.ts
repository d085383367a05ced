import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CollectionController } from './collection.controller.js';
import { DuesController } from './dues.controller.js';
import { fineHandlers } from './fines/handlers.js';
import { collectionHandlers } from './handlers.js';
import { lateFeeHandlers } from './late-fees/handlers.js';
import { SheetChecksController } from './sheet-checks.controller.js';
import { WhatIsOwed } from './what-is-owed.js';

@Module({
  imports: [CqrsModule],
  controllers: [CollectionController, SheetChecksController, DuesController],
  providers: [...collectionHandlers, ...lateFeeHandlers, ...fineHandlers, WhatIsOwed],
  exports: [WhatIsOwed],
})
export class CollectionModule {}
