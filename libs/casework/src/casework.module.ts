import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Acting } from './acting.js';
import { CaseDocumentsController } from './case-documents.controller.js';
import { CasesController } from './cases.controller.js';
import { caseworkHandlers } from './handlers.js';
import { NoticesController } from './notices.controller.js';
import { Staff } from './staff.js';
import { TasksController } from './tasks.controller.js';
import { ThreadsController } from './threads.controller.js';
import { UserStaff } from './user-staff.js';

/**
 * Casework over HTTP. Who may act how is the sign-in's word: `AccessModule` gives it. What approved cases are carried out by
 * goes to `caseworkReactions`.
 */
@Module({
  imports: [CqrsModule],
  controllers: [CasesController, CaseDocumentsController, ThreadsController, NoticesController, TasksController],
  providers: [{ provide: Staff, useClass: UserStaff }, Acting, ...caseworkHandlers],
})
export class CaseworkModule {}
