import { DomainError, isMonth, type Month, type Payer, PAYERS, type Scheme, SCHEMES } from '@provident/kernel';

const ACCOUNT_FIGURES = ['opening', 'credited', 'interest', 'closing', 'months'] as const;
export type AccountFigure = (typeof ACCOUNT_FIGURES)[number];
export type Sum = Payer | 'total';

/** Which number of a statement is asked about. */
export type FigureName =
  | { readonly kind: 'base' | 'to-account'; readonly month: Month }
  | { readonly kind: 'line'; readonly month: Month; readonly scheme: Scheme; readonly payer: Payer }
  | { readonly kind: 'month-sum'; readonly month: Month; readonly of: Sum }
  | { readonly kind: 'year-line'; readonly scheme: Scheme; readonly payer: Payer }
  | { readonly kind: 'year-sum'; readonly of: Sum }
  | { readonly kind: 'account'; readonly of: AccountFigure }
  | { readonly kind: 'correction'; readonly eventId: string };

/**
 * Reads a figure's name: `month.2025-07.base`, `month.2025-07.account`, `month.2025-07.pension.employee`,
 * `month.2025-07.total`, `year.pension.employer`, `year.employee`, `account.interest`, `correction.<event id>`. Throws
 * `figure-unknown`.
 */
export function figureName(text: string): FigureName {
  const [part = '', ...rest] = text.split('.');
  const found = part === 'month' ? ofMonth(rest) : part === 'year' ? ofYear(rest) : ofRest(part, rest);
  if (found !== undefined) return found;
  throw new DomainError(
    'figure-unknown',
    'A statement has no such figure.',
    'A figure is named by where it stands, for example month.2025-07.base or account.interest.',
    'Take the name from the statement: a month and its base, account, scheme and payer, or a sum; or of the account.',
  );
}

function ofMonth([month = '', what = '', payer = '', ...more]: readonly string[]): FigureName | undefined {
  if (!isMonth(month) || more.length > 0) return undefined;
  if (payer !== '')
    return isOneOf(SCHEMES, what) && isOneOf(PAYERS, payer) ? { kind: 'line', month, scheme: what, payer } : undefined;
  if (what === 'base') return { kind: 'base', month };
  if (what === 'account') return { kind: 'to-account', month };
  return isSum(what) ? { kind: 'month-sum', month, of: what } : undefined;
}

function ofYear([what = '', payer = '', ...more]: readonly string[]): FigureName | undefined {
  if (more.length > 0) return undefined;
  if (payer === '') return isSum(what) ? { kind: 'year-sum', of: what } : undefined;
  return isOneOf(SCHEMES, what) && isOneOf(PAYERS, payer) ? { kind: 'year-line', scheme: what, payer } : undefined;
}

function ofRest(part: string, [what = '', ...more]: readonly string[]): FigureName | undefined {
  if (more.length > 0) return undefined;
  if (part === 'account') return isOneOf(ACCOUNT_FIGURES, what) ? { kind: 'account', of: what } : undefined;
  return part === 'correction' && what !== '' ? { kind: 'correction', eventId: what } : undefined;
}

function isSum(text: string): text is Sum {
  return text === 'total' || isOneOf(PAYERS, text);
}

function isOneOf<Value extends string>(values: readonly Value[], text: string): text is Value {
  return (values as readonly string[]).includes(text);
}
