import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RATE_LIMITS, type RateLimits } from './rate-limits.js';

/** Fewer requests per address than elsewhere, for the routes on which passwords and tokens could be tried out. */
@Injectable()
export class SignInRateGuard implements CanActivate {
  constructor(@Inject(RATE_LIMITS) private readonly rates: RateLimits) {}

  canActivate(execution: ExecutionContext): boolean {
    this.rates.signIns.take(execution.switchToHttp().getRequest<FastifyRequest>().ip);
    return true;
  }
}
