import { type DynamicModule, Module } from '@nestjs/common';
import { accessModule, type CounterConfig, SurroundingsModule, WriteSideModule } from '@provident/assembly';
import { PersonalDataModule } from '@provident/access';
import { EventStoreModule } from '@provident/event-store';
import type { Clock } from '@provident/kernel';
import { ObservedStoreClient, type Telemetry } from '@provident/telemetry';
import { ReactionsController } from './reactions.controller.js';

export interface CounterOptions {
  readonly config: CounterConfig;
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly onReactionFailure: (error: Error) => void;
}

/** The write side by itself: every context that takes commands, and the reactions between them. */
@Module({})
export class CounterModule {
  static with({ config, telemetry, clock, onReactionFailure }: CounterOptions): DynamicModule {
    const { eventStoreUrl: url, area, vault, access } = config;
    return {
      module: CounterModule,
      imports: [
        SurroundingsModule.with(clock),
        EventStoreModule.forRoot({ url, area, client: new ObservedStoreClient(url, telemetry) }),
        PersonalDataModule.forRoot({ vaultUrl: { useFactory: () => vault.url }, masterKeys: vault.masterKeys }),
        accessModule(access),
        WriteSideModule.with({ onReactionFailure }),
      ],
      controllers: [ReactionsController],
    };
  }
}
