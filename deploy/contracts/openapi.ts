import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { configFrom } from '@provident/assembly';
import { LedgerModule } from '@provident/assembly/ledger.module';
import { stringify } from 'yaml';

const clock = { now: () => new Date() };
/** Nothing is ever connected to: the documents are made from the modules alone. */
const nowhere = 'esdb://127.0.0.1:1?tls=false';

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
    module: () => LedgerModule.with(configFrom({}), nowhere, clock),
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
  const document = SwaggerModule.createDocument(app, about.setOpenAPIVersion('3.1.0').build());
  await app.close();
  return JSON.parse(JSON.stringify(document)) as object;
}
