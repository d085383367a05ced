import {
  eventStoreAt,
  nestService,
  postgresAt,
  PROJECTIONS,
  readSideAt,
  type Service,
  type SupervisorConfig,
} from '@provident/assembly';
import { StoreClient } from '@provident/event-store';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import { ControlWatch, Supervisor } from '@provident/supervision';
import type { Telemetry } from '@provident/telemetry';
import { SupervisorModule } from './supervisor.module.js';

/**
 * The supervisor: keeps the Merkle tree of the log, signs checkpoints and the daily attestation, examines the ledger daily,
 * and answers regulators. Any number may run; one follows and signs, the others stand by and answer.
 */
export function supervisor(config: SupervisorConfig, telemetry: Telemetry): Service {
  return {
    dependencies: [
      eventStoreAt(config.eventStoreUrl),
      postgresAt(config.vault.url),
      readSideAt(config.databaseUrl, PROJECTIONS),
    ],
    async start() {
      const module = SupervisorModule.with(config, { now: () => new Date() });
      const { app, application } = await nestService(module, telemetry, {
        title: 'Provident supervisor',
        description: 'For regulators: signed checkpoints, proofs, attestations, control, restatements, journals.',
      });
      const client = app.get(StoreClient);
      const { pool } = app.get<ReadDatabase>(READ_DATABASE, { strict: false });
      const [leader, watch] = [app.get(Supervisor, { strict: false }), app.get(ControlWatch, { strict: false })];
      leader.start();
      watch.start();
      return {
        application,
        checks: [
          { name: 'event-store', required: true, run: () => client.head() },
          { name: 'postgresql', required: true, run: () => pool.query('select 1') },
          {
            name: 'checkpoints',
            required: false,
            run() {
              const { error } = leader.status;
              if (error !== undefined) throw error;
            },
          },
        ],
        measure() {
          const { state, leaves } = leader.status;
          telemetry.metrics.set('provident_supervisor_leading', {}, state === 'leading' ? 1 : 0);
          telemetry.metrics.set('provident_tree_leaves', {}, leaves);
        },
        async stop() {
          await leader.stop();
          await app.close();
        },
      };
    },
  };
}
