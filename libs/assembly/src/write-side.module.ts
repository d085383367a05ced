import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from '@provident/accounts';
import { CollectionModule } from '@provident/collection';
import { PolicyDeskModule } from '@provident/policy-desk';
import { RegistryModule } from '@provident/registry';
import { reactionRunner } from './reactions.provider.js';

/** Every context that takes commands, and the reactions between them. Needs the surroundings and an event store. */
@Module({})
export class WriteSideModule {
  /** `onReactionFailure` is told what stopped the reactions; the runner is started by whoever runs the module. */
  static with(onReactionFailure: (error: Error) => void = () => undefined): DynamicModule {
    const runner = reactionRunner(onReactionFailure);
    return {
      module: WriteSideModule,
      imports: [PolicyDeskModule, RegistryModule, CollectionModule, AccountsModule],
      providers: [runner],
      exports: [runner],
    };
  }
}
