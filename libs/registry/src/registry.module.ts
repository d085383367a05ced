import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdministratorsController } from './administrators/administrators.controller.js';
import { administratorsHandlers } from './administrators/handlers.js';
import { HandoversController } from './administrators/handovers.controller.js';
import { RegistryDesk } from './desk.js';
import { registryHandlers } from './handlers.js';
import { PeopleController } from './people.controller.js';
import { RegistrationController } from './registration.controller.js';
import { RegistryController } from './registry.controller.js';

@Module({
  imports: [CqrsModule],
  controllers: [
    RegistryController,
    RegistrationController,
    PeopleController,
    AdministratorsController,
    HandoversController,
  ],
  providers: [RegistryDesk, ...registryHandlers, ...administratorsHandlers],
})
export class RegistryModule {}
