import { type DynamicModule, Module, type ModuleMetadata, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { Acting } from './acting.js';
import { CasesController } from './cases.controller.js';
import { caseworkHandlers } from './handlers.js';
import { NoticesController } from './notices.controller.js';
import { NamedStaff, Staff } from './staff.js';
import { TasksController } from './tasks.controller.js';
import { ThreadsController } from './threads.controller.js';

export interface CaseworkOptions {
  /** Provides `Staff`: the sign-in's word on who may act how. `NamedStaff` when absent. */
  readonly staff?: Provider<Staff>;
  /** Modules that the provider needs. */
  readonly imports?: ModuleMetadata['imports'];
}

/** Casework over HTTP. What approved cases are carried out by goes to `caseworkReactions`. */
@Module({})
export class CaseworkModule {
  static with({ staff, imports = [] }: CaseworkOptions = {}): DynamicModule {
    return {
      module: CaseworkModule,
      imports: [CqrsModule, ...imports],
      controllers: [CasesController, ThreadsController, NoticesController, TasksController],
      providers: [staff ?? { provide: Staff, useClass: NamedStaff }, Acting, ...caseworkHandlers],
    };
  }
}
