import { type FactoryProvider, Logger } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { PersonErasure } from '@provident/access';
import { accountReactions } from '@provident/accounts';
import { caseworkReactions } from '@provident/casework';
import { collectionReactions, WhatIsOwed } from '@provident/collection';
import { EventStore, LogReader, ReactionRunner, StoreClient } from '@provident/event-store';
import { PolicyInForce } from '@provident/policy';
import { registryReactions } from '@provident/registry';
import { carryOutsOf } from './carry-outs.js';

/** Every reaction between write contexts, in one runner: the whole traffic between them stands here. */
export function reactionRunner(onFailure: (error: Error) => void): FactoryProvider<ReactionRunner> {
  return {
    provide: ReactionRunner,
    useFactory: (
      client: StoreClient,
      store: EventStore,
      log: LogReader,
      policy: PolicyInForce,
      commands: CommandBus,
      erasure: PersonErasure,
      owed: WhatIsOwed,
    ) => {
      const reactions = [
        ...registryReactions(store, erasure),
        ...collectionReactions(store, policy),
        ...accountReactions(store, policy),
        ...caseworkReactions(store, carryOutsOf(commands, owed), erasure),
      ];
      const logger = new Logger('Reactions');
      return new ReactionRunner('contexts', client, log, reactions, (error) => {
        logger.error(error.message, error.stack);
        onFailure(error);
      });
    },
    inject: [StoreClient, EventStore, LogReader, PolicyInForce, CommandBus, PersonErasure, WhatIsOwed],
  };
}
