import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { registryHandlers } from './handlers.js';
import { RegistryController } from './registry.controller.js';

@Module({ imports: [CqrsModule], controllers: [RegistryController], providers: registryHandlers })
export class RegistryModule {}
