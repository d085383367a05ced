import 'reflect-metadata';
import { type INestApplicationContext, RequestMethod } from '@nestjs/common';
import { ApplicationConfig, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { BrokenInvariant } from '@provident/kernel';
import type { FastifyInstance } from 'fastify';
import { DECLARATION, type Declaration } from './needs.js';

/** One route of an application and what it declares. */
export interface DeclaredRoute {
  readonly method: string;
  /** With parameters as `:name`, for example `/api/people/:personId/statements/:year`. */
  readonly path: string;
  /** Class and method that answer it. */
  readonly handler: string;
  /** `undefined`: the guard keeps it closed, and a test should fail. */
  readonly declaration: Declaration | undefined;
}

/** Every route of every controller of an application that has been created, in the order of its paths. */
export function routesOf(app: INestApplicationContext): readonly DeclaredRoute[] {
  const prefix = app.get(ApplicationConfig).getGlobalPrefix();
  const scanner = new MetadataScanner();
  const routes: DeclaredRoute[] = [];
  for (const module of app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (handler !== undefined) routes.push(...routesOfHandler(metatype, name, handler, prefix));
      }
    }
  }
  return routes.sort((a, b) => keyOf(a).localeCompare(keyOf(b), 'en'));
}

/** "GET /api/books/funds": how a route is named in data files and messages. */
export function keyOf({ method, path }: Pick<DeclaredRoute, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** Refuses to start an application with a route that declares nothing: `BrokenInvariant` with every such route. */
export function assertEveryRouteDeclares(app: INestApplicationContext): void {
  const silent = routesOf(app).filter(({ declaration }) => declaration === undefined);
  if (silent.length === 0) return;
  const list = silent.map((route) => `${keyOf(route)} (${route.handler})`).join(', ');
  throw new BrokenInvariant(`Routes declare neither @Needs nor @Public: ${list}.`);
}

/**
 * Notes every route that the HTTP server itself is given, also past the controllers: by a plug-in, the OpenAPI pages, a
 * health check. Call it before the application is initialised; ask the answer afterwards.
 */
export function watchServerRoutes(server: FastifyInstance): () => readonly string[] {
  const seen = new Set<string>();
  server.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') seen.add(`${each} ${url}`);
  });
  return () => [...seen].sort();
}

function* routesOfHandler(
  controller: { readonly name: string },
  name: string,
  handler: object,
  prefix: string,
): Generator<DeclaredRoute> {
  const paths = Reflect.getMetadata('path', handler) as string | string[] | undefined;
  if (paths === undefined) return;
  if ([handler, controller].some((each) => Reflect.getMetadata('__version__', each) !== undefined)) {
    throw new BrokenInvariant(`${controller.name}.${name} has a version; the walk over routes knows none.`);
  }
  const method = RequestMethod[Reflect.getMetadata('method', handler) as RequestMethod];
  const own = Reflect.getMetadata(DECLARATION, handler) as Declaration | undefined;
  const declaration = own ?? (Reflect.getMetadata(DECLARATION, controller) as Declaration | undefined);
  const bases = Reflect.getMetadata('path', controller) as string | string[] | undefined;
  for (const base of [bases ?? ''].flat()) {
    for (const path of [paths].flat()) {
      const whole = [prefix, base, path].map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
      yield { method, path: `/${whole.join('/')}`, handler: `${controller.name}.${name}`, declaration };
    }
  }
}
