import type { Metadata } from '@grpc/grpc-js';
import type { StreamCatalog } from '../engine/stream-catalog.js';
import { isMetastream, ownerOf } from '../engine/system-names.js';
import type { DefaultAcls } from './default-acls.js';
import { accessDenied } from '../services/service-error.js';
import { isAllowed, type StreamAction } from './access-rules.js';
import { ADMINS, OPERATORS, type User } from './user.js';

/** Decides what a caller may do. Every method throws a ServiceError PERMISSION_DENIED when it is forbidden. */
export interface Access {
  toStream(caller: Metadata, action: 'read' | 'write' | 'delete', stream: string): void;
  toAll(caller: Metadata): void;
  /** Managing persistent subscriptions and projections. */
  toOperations(caller: Metadata): void;
  nameOf(caller: Metadata): string;
}

/** An insecure server asks nobody who they are; it listens on loopback only. */
export const openAccess: Access = {
  toStream: () => undefined,
  toAll: () => undefined,
  toOperations: () => undefined,
  nameOf: () => 'anonymous',
};

const metadataActions: Record<'read' | 'write' | 'delete', StreamAction> = {
  read: 'readMetadata',
  write: 'writeMetadata',
  delete: 'delete',
};

/** Access by user and by the streams' `$acl`. */
export class CheckedAccess implements Access {
  constructor(
    private readonly catalog: StreamCatalog,
    private readonly defaults: Pick<DefaultAcls, 'of'>,
    private readonly userOf: (caller: Metadata) => User | undefined,
  ) {}

  toStream(caller: Metadata, action: 'read' | 'write' | 'delete', stream: string): void {
    const isMeta = isMetastream(stream);
    const owner = isMeta ? ownerOf(stream) : stream;
    this.check(this.userOf(caller), isMeta ? metadataActions[action] : action, owner);
  }

  toAll(caller: Metadata): void {
    this.check(this.userOf(caller), 'read', '$all');
  }

  toOperations(caller: Metadata): void {
    const roles = this.userOf(caller)?.roles ?? [];
    if (!roles.includes(ADMINS) && !roles.includes(OPERATORS)) throw accessDenied();
  }

  nameOf(caller: Metadata): string {
    return this.userOf(caller)?.name ?? 'anonymous';
  }

  private check(user: User | undefined, action: StreamAction, stream: string): void {
    const { acl } = this.catalog.metadataOf(stream);
    if (!isAllowed(user, action, stream, acl, this.defaults.of(stream))) throw accessDenied();
  }
}
