import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { RegistryDesk } from './desk.js';
import { registryHandlers } from './handlers.js';
import { PeopleController } from './people.controller.js';
import { RegistrationController } from './registration.controller.js';
import { RegistryController } from './registry.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [RegistryController, RegistrationController, PeopleController],
  providers: [RegistryDesk, ...registryHandlers],
})
export class RegistryModule {}
