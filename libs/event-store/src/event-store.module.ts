import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import type { PersonalData } from '@provident/kernel';
import { EventStore } from './event-store.js';
import { LogReader } from './log-reader.js';
import { StoreClient } from './store-client.js';

/** Injection token of the pooling area (统筹区) that this process serves: an administrative division code. */
export const AREA = Symbol('Area');

/** Injection token of what seals and opens personal fields, from a global module. */
export const PERSONAL_DATA = Symbol('PersonalData');

export interface EventStoreModuleOptions {
  /** `esdb://…`: the embedded server's or a real cluster's. */
  readonly url: string;
  readonly area: string;
  /** A way to the store of the caller's own making, such as one that is measured; a plain one when absent. */
  readonly client?: StoreClient;
}

/** Global, because every context appends through the same store. */
@Global()
@Module({})
export class EventStoreModule implements OnApplicationShutdown {
  constructor(@Inject(StoreClient) private readonly client: StoreClient) {}

  static forRoot(options: EventStoreModuleOptions): DynamicModule {
    const client = options.client ?? new StoreClient(options.url);
    const providers = [
      { provide: StoreClient, useValue: client },
      {
        provide: EventStore,
        useFactory: (personal?: PersonalData) => new EventStore(client, personal),
        inject: [{ token: PERSONAL_DATA, optional: true }],
      },
      { provide: LogReader, useValue: new LogReader(client) },
      { provide: AREA, useValue: options.area },
    ];
    return { module: EventStoreModule, providers, exports: providers.map((each) => each.provide) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.dispose();
  }
}
