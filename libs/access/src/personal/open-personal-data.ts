import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { SealedPersonalData } from './personal-fields.js';

/**
 * Opens every sealed text in the answers of a controller whose reads come out of tables: `@UseInterceptors(OpenPersonalData)`.
 * Only where whoever may call the route may see all that it answers.
 */
@Injectable()
export class OpenPersonalData implements NestInterceptor {
  constructor(private readonly personal: SealedPersonalData) {}

  intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(mergeMap((answer: unknown) => this.personal.openAll(answer)));
  }
}
