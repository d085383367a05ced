import { createHmac } from 'node:crypto';
import { type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { requestContext } from '@provident/http/command-context';
import { type Clock, DomainError } from '@provident/kernel';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { identityOf } from '../guard/identity.js';
import { actorOf } from '../user.js';
import type { Vault } from '../vault/vault.js';

/**
 * An `Idempotency-Key` belongs to its user and route, and to one body: the same key with another body is refused, because
 * it would be answered as if it had been carried out. What is kept of the body is a hash under a key of the installation: a
 * body may be little more than a citizen number, which a plain hash would betray to whoever tries them all.
 */
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly key: Buffer,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const identity = identityOf(request);
    if (identity !== undefined && request.headers['idempotency-key'] !== undefined && request.method !== 'GET') {
      await this.take(requestContext(request, actorOf(identity.userId)).commandId, this.bodyHash(request.body));
    }
    return next.handle();
  }

  private async take(commandId: string, body: Buffer): Promise<void> {
    await this.vault.run(
      'insert into idempotency_key (command_id, body_hash, taken_at) values ($1, $2, $3) on conflict do nothing',
      [commandId, body, this.clock.now()],
    );
    const row = await this.vault.row<{ body_hash: Buffer }>(
      'select body_hash from idempotency_key where command_id = $1',
      [commandId],
    );
    if (row?.body_hash.equals(body) === true) return;
    throw new DomainError(
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request.',
      'One key stands for one request; sent again it must be the same to the letter.',
      'Use a new key for a new request.',
    );
  }

  private bodyHash(body: unknown): Buffer {
    const bytes = Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null);
    return createHmac('sha256', this.key).update('idempotency').update(bytes).digest();
  }
}
