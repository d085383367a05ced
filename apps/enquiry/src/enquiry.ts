import {
  type EnquiryConfig,
  eventStoreAt,
  nestService,
  postgresAt,
  portalFolder,
  PROJECTIONS,
  readSideAt,
  type Service,
} from '@provident/assembly';
import { Vault } from '@provident/access';
import { StoreClient } from '@provident/event-store';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import type { Telemetry } from '@provident/telemetry';
import { EnquiryModule } from './enquiry.module.js';

/** The enquiry: answers questions about balances, statements and statistics. It writes nothing; any number may run. */
export function enquiry(config: EnquiryConfig, telemetry: Telemetry): Service {
  return {
    dependencies: [
      eventStoreAt(config.eventStoreUrl),
      postgresAt(config.vault.url),
      readSideAt(config.databaseUrl, PROJECTIONS),
    ],
    async start() {
      const { app, application } = await nestService(EnquiryModule.with(config, { now: () => new Date() }), telemetry, {
        title: 'Provident enquiry',
        description: 'The read side. A query with atLeast answers when it includes that log position.',
        pages: portalFolder(),
      });
      const client = app.get(StoreClient);
      const vault = app.get(Vault, { strict: false });
      const { pool } = app.get<ReadDatabase>(READ_DATABASE, { strict: false });
      return {
        application,
        checks: [
          { name: 'event-store', required: true, run: () => client.head() },
          { name: 'postgresql', required: true, run: () => pool.query('select 1') },
          { name: 'vault', required: true, run: () => vault.rows('select 1') },
        ],
        stop: () => app.close(),
      };
    },
  };
}
