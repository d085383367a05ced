import { BrokenInvariant } from '@provident/kernel';
import type { FastifyRequest } from 'fastify';
import type { Target } from '../rights/verdict.js';
import type { Source, TargetSources } from './needs.js';

/**
 * Finds what a thing belongs to, for routes whose request does not say it in plain fields. `undefined` where there is no
 * such thing. The body has not been checked yet.
 */
export type TargetFinder = (id: string, body?: unknown) => Promise<Target | undefined>;
export type TargetFinders = Readonly<Record<string, TargetFinder>>;

/** Injection token of the application's finders by name. */
export const TARGET_FINDERS = Symbol('TargetFinders');

type AskedOf = Pick<FastifyRequest, 'params' | 'body' | 'query'>;

/** What a request is about. Only plain texts count: a list or an object where a text belongs leaves the target unknown. */
export async function targetOf(
  request: AskedOf,
  sources: TargetSources,
  finders: TargetFinders,
  ownArea: string,
): Promise<Target> {
  const { by } = sources;
  const found = by === undefined ? undefined : await foundBy(request, by, finders);
  const personId = textAt(request, sources.person) ?? found?.personId;
  const employer = textAt(request, sources.employer);
  const employers = employer === undefined ? found?.employers : [employer];
  // A controller to which no area is named answers for the one of its process. A list of areas is no plain name.
  const own = found?.area ?? ownArea;
  const area = sources.area !== undefined && isNamed(request, sources.area) ? textAt(request, sources.area) : own;
  return {
    ...(personId === undefined ? {} : { personId }),
    ...(employers === undefined ? {} : { employers }),
    ...(area === undefined ? {} : { area }),
  };
}

async function foundBy(
  request: AskedOf,
  { finder, id }: { finder: string; id: Source },
  finders: TargetFinders,
): Promise<Target | undefined> {
  const find = finders[finder];
  if (find === undefined) throw new BrokenInvariant(`No finder of targets is called "${finder}".`);
  const text = textAt(request, id);
  return text === undefined ? undefined : find(text, request.body);
}

function textAt(request: AskedOf, source: Source | undefined): string | undefined {
  if (source === undefined || !isNamed(request, source)) return undefined;
  const { holder, name } = placeOf(request, source);
  const value = (holder as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

function isNamed(request: AskedOf, source: Source): boolean {
  const { holder, name } = placeOf(request, source);
  return typeof holder === 'object' && holder !== null && Object.hasOwn(holder, name);
}

function placeOf(request: AskedOf, source: Source): { holder: unknown; name: string } {
  const colon = source.indexOf(':');
  const [place, name] = [source.slice(0, colon), source.slice(colon + 1)];
  return { holder: place === 'param' ? request.params : place === 'body' ? request.body : request.query, name };
}
