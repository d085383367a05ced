import { CommandBus } from '@nestjs/cqrs';
import { type CounterConfig, eventStoreAt, nestService, postgresAt, type Service } from '@provident/assembly';
import { Vault } from '@provident/access';
import { ReactionRunner, StoreClient } from '@provident/event-store';
import { PolicyInForce } from '@provident/policy';
import { observeCommands, type Telemetry } from '@provident/telemetry';
import { CounterModule } from './counter.module.js';

/**
 * The counter: takes commands over HTTP and carries out the reactions between contexts. Any number of copies may run:
 * the event store refuses an append that does not follow the stream's last event, and shares the reactions out.
 */
export function counter(config: CounterConfig, telemetry: Telemetry): Service {
  return {
    dependencies: [eventStoreAt(config.eventStoreUrl), postgresAt(config.vault.url)],
    async start() {
      let stopped: Error | undefined;
      const module = CounterModule.with({
        ...{ config, telemetry },
        clock: { now: () => new Date() },
        onReactionFailure: (error) => (stopped = error),
      });
      const { app, application } = await nestService(module, telemetry, {
        title: 'Provident counter',
        description: 'The write side. Every command answers with its log position, to be asked of the enquiry.',
      });
      observeCommands(app.get(CommandBus, { strict: false }), telemetry);
      const [client, policy] = [app.get(StoreClient), app.get(PolicyInForce, { strict: false })];
      const vault = app.get(Vault, { strict: false });
      const reactions = app.get(ReactionRunner, { strict: false });
      await reactions.start();
      return {
        application,
        checks: [
          { name: 'event-store', required: true, run: () => client.head() },
          { name: 'vault', required: true, run: () => vault.rows('select 1') },
          { name: 'policy', required: true, run: () => policy.book },
          {
            name: 'reactions',
            required: false,
            run() {
              if (stopped !== undefined) throw stopped;
            },
          },
        ],
        measure() {
          telemetry.metrics.set('provident_reaction_backlog', {}, reactions.backlog);
          telemetry.metrics.set('provident_reactions_stopped', {}, stopped === undefined ? 0 : 1);
        },
        async stop() {
          await reactions.stop();
          await app.close();
        },
      };
    },
  };
}
