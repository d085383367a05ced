import type { DynamicModule } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessModule, assertEveryRouteDeclares, hardenHttp, PersonIndex } from '@provident/access';
import { caseworkTargets } from '@provident/casework';
import { EventStore } from '@provident/event-store';
import { createHttpApplication, type HttpApplicationOptions } from '@provident/http';
import { registryTargets } from '@provident/registry';
import type { AccessConfig } from './access-config.js';

/** Sign-in and rights for the contexts of this ledger. Needs an event store, the clock and personal data beside it. */
export function accessModule({ provider, rates }: AccessConfig): DynamicModule {
  return AccessModule.forRoot({
    finders: {
      inject: [EventStore, PersonIndex],
      useFactory: (store: EventStore, index: PersonIndex) => ({
        ...caseworkTargets(store),
        ...registryTargets(store, index),
      }),
    },
    rates,
    ...(provider === undefined ? {} : { provider }),
  });
}

/** An HTTP application of a module with `accessModule`: it does not start with a route that anybody could call by accident. */
export function guardedApplication(
  module: DynamicModule,
  options: Omit<HttpApplicationOptions, 'guard'>,
): Promise<NestFastifyApplication> {
  return createHttpApplication(module, {
    ...options,
    async guard(app) {
      assertEveryRouteDeclares(app);
      await hardenHttp(app);
    },
  });
}
