import { DomainError } from '@provident/kernel';

/** The inputs are well formed, but the law gives no result for them. */
export function refusal(code: string, message: string, rule: string, remedy: string): DomainError {
  return new DomainError(code, message, rule, remedy);
}
