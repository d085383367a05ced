import { hash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { requestContext } from '@provident/http/command-context';
import { CLOCK, type Clock, DomainError } from '@provident/kernel';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { identityOf } from '../guard/identity.js';
import { actorOf } from '../user.js';
import { Vault } from '../vault/vault.js';

/**
 * An `Idempotency-Key` belongs to its user and route, and to one body: the same key with another body is refused, because
 * it would be answered as if it had been carried out.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    @Inject(Vault) private readonly vault: Vault,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async intercept(execution: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const identity = identityOf(request);
    if (identity !== undefined && request.headers['idempotency-key'] !== undefined && request.method !== 'GET') {
      await this.take(requestContext(request, actorOf(identity.userId)).commandId, bodyHash(request.body));
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
}

function bodyHash(body: unknown): Buffer {
  return hash('sha256', Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null), 'buffer');
}
