import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { SealedFilesModule } from '@provident/access/personal/sealed-files';
import { AccountsModule } from '@provident/accounts';
import { CaseworkModule } from '@provident/casework';
import { CollectionModule } from '@provident/collection';
import { PolicyDeskModule } from '@provident/policy-desk';
import { RegistryModule } from '@provident/registry';
import { reactionRunner } from './reactions.provider.js';

export interface WriteSideOptions {
  /** Told what stopped the reactions; the runner is started by whoever runs the module. */
  readonly onReactionFailure?: (error: Error) => void;
  /** Folder of the documents' files; document routes say that there is none when absent. */
  readonly documents?: string;
}

/** Every context that takes commands, and the reactions between them. Needs the surroundings, an event store, personal data and access. */
@Module({})
export class WriteSideModule {
  static with({ onReactionFailure, documents }: WriteSideOptions = {}): DynamicModule {
    const runner = reactionRunner(onReactionFailure ?? (() => undefined));
    return {
      module: WriteSideModule,
      imports: [
        CqrsModule,
        SealedFilesModule.in(documents),
        PolicyDeskModule,
        RegistryModule,
        CollectionModule,
        AccountsModule,
        CaseworkModule,
      ],
      providers: [runner],
      exports: [runner],
    };
  }
}
