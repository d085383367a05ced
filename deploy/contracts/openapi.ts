import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { LocalMasterKey, MasterKeys } from '@provident/access';
import { configFrom } from '@provident/assembly';
import { LedgerModule } from '@provident/assembly/ledger.module';
import { counterConfig, enquiryConfig, supervisorConfig } from '@provident/assembly/service-config';
import { Problem } from '@provident/http';
import { newSigningKey } from '@provident/supervision';
import { Telemetry } from '@provident/telemetry';
import { stringify } from 'yaml';
import { CounterModule } from '../../apps/counter/src/counter.module.js';
import { EnquiryModule } from '../../apps/enquiry/src/enquiry.module.js';
import { SupervisorModule } from '../../apps/supervisor/src/supervisor.module.js';

const clock = { now: () => new Date() };
/** Nothing is ever connected to: the documents are made from the modules alone. */
const NOWHERE = {
  EVENTSTORE_URL: 'esdb://127.0.0.1:1?tls=false',
  DATABASE_URL: 'postgres://127.0.0.1:1/none',
  VAULT_URL: 'postgres://127.0.0.1:1/none',
  PROVIDENT_MASTER_KEY: Buffer.alloc(32).toString('base64'),
  CHECKPOINT_KEY: newSigningKey('310000').text,
};

const masterKeys = new MasterKeys(LocalMasterKey.from(NOWHERE.PROVIDENT_MASTER_KEY));

/** A process with an interface over HTTP. */
interface DocumentedService {
  readonly title: string;
  readonly description: string;
  readonly module: () => DynamicModule;
}

const SERVICES: Readonly<Record<string, DocumentedService>> = {
  office: {
    title: 'Provident office',
    description: 'Everything in one process. Commands answer with their log position; queries take it as atLeast.',
    module: () =>
      LedgerModule.with(configFrom({}), {
        ...{ eventStoreUrl: NOWHERE.EVENTSTORE_URL, masterKeys, clock },
        transparency: { keys: [], everyMs: 0 },
      }),
  },
  counter: {
    title: 'Provident counter',
    description: 'The write side. Every command answers with its log position, to be asked of the enquiry.',
    module: () =>
      CounterModule.with({
        config: counterConfig(NOWHERE),
        telemetry: Telemetry.of({ service: 'counter', logLevel: 'error', tracesTo: undefined, tracesKept: 0 }),
        clock,
        onReactionFailure: () => undefined,
      }),
  },
  enquiry: {
    title: 'Provident enquiry',
    description: 'The read side. A query with atLeast answers when it includes that log position.',
    module: () => EnquiryModule.with(enquiryConfig(NOWHERE), clock),
  },
  supervisor: {
    title: 'Provident supervisor',
    description: 'For regulators: signed checkpoints, proofs, attestations, control, restatements, journals.',
    module: () => SupervisorModule.with(supervisorConfig(NOWHERE), clock),
  },
};

/** The OpenAPI 3.1 document of each service, by path in the contracts' folder. */
export async function openApiDocuments(): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  for (const [name, service] of Object.entries(SERVICES)) {
    const document = await openApi(service);
    documents.set(`openapi/${name}.yaml`, stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }));
  }
  return documents;
}

/** Made in Nest's preview mode, which knows the controllers and starts nothing. */
async function openApi({ title, description, module }: DocumentedService): Promise<object> {
  const app = await NestFactory.create<NestFastifyApplication>(module(), new FastifyAdapter(), {
    preview: true,
    logger: ['error'],
  });
  const about = new DocumentBuilder().setTitle(title).setDescription(description).setVersion('0.1.0');
  const document = SwaggerModule.createDocument(app, about.setOpenAPIVersion('3.1.0').build(), {
    extraModels: [Problem],
  });
  await app.close();
  return JSON.parse(JSON.stringify(document)) as object;
}
