import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AccountsController } from './accounts.controller.js';
import { accountHandlers } from './handlers.js';

@Module({ imports: [CqrsModule], controllers: [AccountsController], providers: accountHandlers })
export class AccountsModule {}
