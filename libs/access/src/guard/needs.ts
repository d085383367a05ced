import { SetMetadata } from '@nestjs/common';
import type { Permission } from '../rights/permissions.js';

/** Where in a request something stands: a path parameter, a field of the body or of the query. */
export type Source = `${'param' | 'body' | 'query'}:${string}`;

/**
 * What a route is about, told by where its request says so. `by` names a finder of the application's (`TARGET_FINDERS`)
 * for what the request does not say itself: whose a case is, for which employers a person works.
 */
export interface TargetSources {
  readonly person?: Source;
  readonly employer?: Source;
  /** The area of this process when absent. */
  readonly area?: Source;
  readonly by?: { readonly finder: string; readonly id: Source };
}

/** What a route declares about who may call it. */
export type Declaration =
  | { readonly kind: 'needs'; readonly permission: Permission; readonly target: TargetSources }
  | { readonly kind: 'public'; readonly why: string };

export const DECLARATION = Symbol('access');

/** The route asks for this permission, for what its request is about. */
export const Needs = (permission: Permission, target: TargetSources = {}): MethodDecorator & ClassDecorator =>
  SetMetadata(DECLARATION, { kind: 'needs', permission, target } satisfies Declaration);

/** The route is open to everybody, for the reason given. */
export const Public = (why: string): MethodDecorator & ClassDecorator =>
  SetMetadata(DECLARATION, { kind: 'public', why } satisfies Declaration);
