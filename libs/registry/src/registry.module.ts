import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdministratorsController } from './administrators/administrators.controller.js';
import { administratorsHandlers } from './administrators/handlers.js';
import { HandoversController } from './administrators/handovers.controller.js';
import { CardsController } from './cards/cards.controller.js';
import { cardHandlers } from './cards/handlers.js';
import { CertificatesController } from './certificates/certificates.controller.js';
import { certificateHandlers } from './certificates/handlers.js';
import { RegistryDesk } from './desk.js';
import { DocumentsController } from './documents/documents.controller.js';
import { documentHandlers } from './documents/handlers.js';
import { registryHandlers } from './handlers.js';
import { PeopleController } from './people.controller.js';
import { RegistrationController } from './registration.controller.js';
import { RegisterChecksController } from './register-checks.controller.js';
import { RegistryController } from './registry.controller.js';
import { StaffingController } from './staffing/staffing.controller.js';
import { staffingHandlers } from './staffing/handlers.js';

const controllers = [
  RegistryController,
  RegisterChecksController,
  RegistrationController,
  PeopleController,
  CertificatesController,
  CardsController,
  StaffingController,
  AdministratorsController,
  HandoversController,
  DocumentsController,
];
const providers = [
  RegistryDesk,
  ...registryHandlers,
  ...certificateHandlers,
  ...cardHandlers,
  ...staffingHandlers,
  ...administratorsHandlers,
  ...documentHandlers,
];

/** The register. Documents' files go where `SealedFilesModule` keeps them. */
@Module({ imports: [CqrsModule], controllers, providers })
export class RegistryModule {}
