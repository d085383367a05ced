import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AdministratorsController } from './administrators/administrators.controller.js';
import { administratorsHandlers } from './administrators/handlers.js';
import { HandoversController } from './administrators/handovers.controller.js';
import { CardsController } from './cards/cards.controller.js';
import { cardHandlers } from './cards/handlers.js';
import { CertificatesController } from './certificates/certificates.controller.js';
import { certificateHandlers } from './certificates/handlers.js';
import { RegistryDesk } from './desk.js';
import { BlobStore, FolderBlobStore, NoBlobStore } from './documents/blob-store.js';
import { DocumentFiles } from './documents/document-files.js';
import { DocumentsController } from './documents/documents.controller.js';
import { documentHandlers } from './documents/handlers.js';
import { registryHandlers } from './handlers.js';
import { PeopleController } from './people.controller.js';
import { RegistrationController } from './registration.controller.js';
import { RegistryController } from './registry.controller.js';
import { StaffingController } from './staffing/staffing.controller.js';
import { staffingHandlers } from './staffing/handlers.js';

export interface RegistryOptions {
  /** Folder of the documents' files, or another store for them. */
  readonly documents: string | BlobStore;
}

const controllers = [
  RegistryController,
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
  DocumentFiles,
  ...registryHandlers,
  ...certificateHandlers,
  ...cardHandlers,
  ...staffingHandlers,
  ...administratorsHandlers,
  ...documentHandlers,
];

/** The register without a place for documents' files; `with` gives it one. */
@Module({
  imports: [CqrsModule],
  controllers,
  providers: [...providers, { provide: BlobStore, useClass: NoBlobStore }],
})
export class RegistryModule {
  static with({ documents }: RegistryOptions): DynamicModule {
    const blobs = typeof documents === 'string' ? new FolderBlobStore(documents) : documents;
    return {
      module: WithDocuments,
      imports: [CqrsModule],
      controllers,
      providers: [...providers, { provide: BlobStore, useValue: blobs }],
    };
  }
}

/** What `RegistryModule.with` makes. */
@Module({})
class WithDocuments {}
