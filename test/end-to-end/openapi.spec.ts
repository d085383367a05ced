import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { HttpDesk } from '../support/http-desk.js';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { in: string; name: string }[];
  readonly responses: Readonly<Record<string, object>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, object>> };
}

let desk: HttpDesk;
let document: Document;

beforeAll(async () => {
  desk = await HttpDesk.open();
  document = (await desk.get('/api-json')).body as unknown as Document;
});
afterAll(() => desk.office.close());

/** Every route that a controller of the application declares, as "post /api/people/{personId}/enrolments". */
function routes(): string[] {
  const found: string[] = [];
  for (const module of desk.office.ledger.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as { prototype: object };
      const base = String(Reflect.getMetadata('path', controller));
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = (controller.prototype as Record<string, unknown>)[name];
        if (name === 'constructor' || typeof handler !== 'function' || !Reflect.hasMetadata('path', handler)) continue;
        // One formula's route stands for all in the router; the document has each formula by name.
        if (Reflect.hasMetadata('swagger/apiExcludeEndpoint', handler)) continue;
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number] ?? '';
        const path = [base, String(Reflect.getMetadata('path', handler))].join('/').replace(/\/+/g, '/');
        found.push(`${method.toLowerCase()} /${path.replace(/^\/|\/$/g, '').replace(/:(\w+)/g, '{$1}')}`);
      }
    }
  }
  return found;
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, path, operation })),
  );

it('describes every route of the application, and no other', () => {
  expect(routes().length).toBeGreaterThan(15);
  expect(
    operations()
      .map(({ route }) => route)
      .sort(),
  ).toEqual(routes().sort());
});

it('says of each what it is for, what it takes and what it answers', () => {
  expect(document.openapi).toMatch(/^3\./);
  for (const { route, path, operation } of operations()) {
    expect({ route, summary: operation.summary }).toEqual({ route, summary: expect.stringMatching(/\S/) });
    const named = (operation.parameters ?? []).filter((each) => each.in === 'path').map((each) => each.name);
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect({ route, named: named.sort() }).toEqual({ route, named: inPath.sort() });
    const good = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
    expect({ route, answers: good.length > 0 }).toEqual({ route, answers: true });
  }
});

it('refers to nothing that it does not define', () => {
  const schemas = new Set(Object.keys(document.components?.schemas ?? {}));
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  expect(references.length).toBeGreaterThan(0);
  for (const [, name] of references) expect(schemas).toContain(name);
});
