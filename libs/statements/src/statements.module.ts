import { Module } from '@nestjs/common';
import { StatementReader } from './statement-reader.js';
import { StatementsController } from './statements.controller.js';

@Module({ controllers: [StatementsController], providers: [StatementReader], exports: [StatementReader] })
export class StatementsModule {}
