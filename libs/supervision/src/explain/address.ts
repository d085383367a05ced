import {
  type BusinessDate,
  businessDate,
  DomainError,
  type Fund,
  FUNDS,
  isBusinessDate,
  isMonth,
  isUuid,
  type Month,
  SCHEMES,
} from '@provident/kernel';
import { type FigureSubject, INDICATORS, type IndicatorId } from '@provident/statistics';

/** Effective on a day, as known at a position. */
export interface AddressTimes {
  readonly asOf?: BusinessDate | undefined;
  readonly knownAt?: bigint | undefined;
}

export type Address =
  | ({ readonly kind: 'balance'; readonly fund: Fund; readonly account: string } & AddressTimes)
  | ({
      readonly kind: 'postings';
      readonly fund: Fund;
      readonly account: string;
      readonly month: Month;
      readonly eventType: string;
    } & AddressTimes)
  | { readonly kind: 'voucher'; readonly position: bigint }
  /** By its id, or by its position in the log. */
  | { readonly kind: 'event'; readonly event: string | bigint }
  | { readonly kind: 'parameter'; readonly id: string; readonly area: string; readonly from: string }
  | ({
      readonly kind: 'statement';
      readonly personId: string;
      readonly year: number;
      readonly line: string | undefined;
    } & AddressTimes)
  | ({
      readonly kind: 'indicator';
      readonly indicator: IndicatorId;
      readonly of: FigureSubject;
      readonly month: Month;
    } & AddressTimes)
  | ({
      readonly kind: 'facts';
      readonly indicator: IndicatorId;
      readonly of: FigureSubject;
      readonly month: Month;
      /** The employer, or undefined for facts that name none. */
      readonly party: string | undefined;
    } & AddressTimes);

export const ADDRESS_FORMS = [
  'balance:<fund>/<account>[@<day>][~<position>]',
  'postings:<fund>/<account>/<month>/<event type>[@<day>][~<position>]',
  'voucher:<position>',
  'event:<id or position>',
  'parameter:<id>/<area>/<first day>',
  'statement:<person>/<year>[/<line>][@<day>][~<position>]',
  'indicator:<indicator>/<scheme, all or fund>/<month>[@<day>][~<position>]',
] as const;

const SCHEME_SUBJECTS: readonly string[] = [...SCHEMES, 'all'];
const SHAPE = /^([a-z]+):([^@~]+)(?:@(\d{4}-\d{2}-\d{2}))?(?:~(\d{1,18}))?$/;

/** Reads the address of a figure. Throws `address-malformed`. */
export function addressOf(text: string): Address {
  const [, kind = '', path = '', day, known] = SHAPE.exec(text) ?? [];
  const parts = path.split('/');
  const read = READERS[kind]?.(parts);
  if (read === undefined || (day !== undefined && !isBusinessDate(day))) throw malformed(text);
  const times = {
    ...(day === undefined ? {} : { asOf: businessDate(day) }),
    ...(known === undefined ? {} : { knownAt: BigInt(known) }),
  };
  return { ...read, ...times };
}

/** The two times as they stand at the end of an address. */
export function timesText({ asOf, knownAt }: AddressTimes): string {
  return `${asOf === undefined ? '' : `@${asOf}`}${knownAt === undefined ? '' : `~${knownAt}`}`;
}

const READERS: Readonly<Record<string, (parts: readonly string[]) => Address | undefined>> = {
  balance([fund, account, ...rest]) {
    if (rest.length > 0 || !isFund(fund) || account === undefined) return undefined;
    return { kind: 'balance', fund, account };
  },
  postings([fund, account, month, eventType, ...rest]) {
    if (rest.length > 0 || !isFund(fund) || account === undefined || eventType === undefined) return undefined;
    return month !== undefined && isMonth(month) ? { kind: 'postings', fund, account, month, eventType } : undefined;
  },
  voucher([position = '', ...rest]) {
    return rest.length === 0 && isPosition(position) ? { kind: 'voucher', position: BigInt(position) } : undefined;
  },
  event([event = '', ...rest]) {
    if (rest.length > 0) return undefined;
    if (isUuid(event)) return { kind: 'event', event };
    return isPosition(event) ? { kind: 'event', event: BigInt(event) } : undefined;
  },
  parameter([id, area, from, ...rest]) {
    if (rest.length > 0 || id === undefined || area === undefined || from === undefined) return undefined;
    return { kind: 'parameter', id, area, from };
  },
  statement([personId = '', year = '', ...line]) {
    if (!isUuid(personId) || !/^\d{4}$/.test(year)) return undefined;
    return { kind: 'statement', personId, year: Number(year), line: line.length === 0 ? undefined : line.join('/') };
  },
  indicator([indicator, of, month, ...rest]) {
    const named = figureOf(indicator, of, month);
    return rest.length > 0 || named === undefined ? undefined : { kind: 'indicator', ...named };
  },
  facts([indicator, of, month, party, ...rest]) {
    const named = figureOf(indicator, of, month);
    if (rest.length > 0 || named === undefined || party === undefined) return undefined;
    return { kind: 'facts', ...named, party: party === '-' ? undefined : party };
  },
};

function figureOf(indicator: string | undefined, of: string | undefined, month: string | undefined) {
  const known = INDICATORS.find(({ id }) => id === indicator);
  if (known === undefined || of === undefined || month === undefined || !isMonth(month)) return undefined;
  if (!(known.per === 'fund' ? FUNDS : SCHEME_SUBJECTS).some((each) => each === of)) return undefined;
  return { indicator: known.id, of: of as FigureSubject, month };
}

function isFund(text: string | undefined): text is Fund {
  return (FUNDS as readonly (string | undefined)[]).includes(text);
}

function isPosition(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}

function malformed(text: string): DomainError {
  return new DomainError(
    'address-malformed',
    `"${text}" names no figure.`,
    `Figures are named: ${ADDRESS_FORMS.join(', ')}.`,
    'Write one of these forms, for example balance:employee-pension/4001@2025-12-31.',
    { figure: text },
  );
}
