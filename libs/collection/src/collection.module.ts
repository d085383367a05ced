import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CollectionController } from './collection.controller.js';
import { SheetChecksController } from './sheet-checks.controller.js';
import { collectionHandlers } from './handlers.js';

@Module({
  imports: [CqrsModule],
  controllers: [CollectionController, SheetChecksController],
  providers: collectionHandlers,
})
export class CollectionModule {}
