import { type QueryClient, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components, operations } from '../../api/office.js';
import type { Sight } from './long-list.js';

export type Line = components['schemas']['LineAnswer'];
type Asking = operations['BooksController_lines']['parameters'];

/** Which lines, whatever their order and page; known at one position, so that no page shifts while others are read. */
export interface LinesAsked {
  readonly path: Asking['path'];
  readonly query: Omit<NonNullable<Asking['query']>, 'after' | 'order' | 'skip' | 'limit'>;
  readonly total: number;
}

/** Lines that are asked for at a time, and rows out of sight of which the page is asked for beforehand. */
const PAGE = 200;
const AHEAD = 60;
/** Who drags past pages does not ask for each of them. */
const SETTLED_MS = 80;

/**
 * The lines in sight, page by page. Pages are numbered from the oldest line, whichever stands first in the list, so that
 * turning the list round asks for nothing twice.
 */
export function useLinePages(asked: LinesAsked, isNewestFirst: boolean, { first, last }: Sight) {
  const client = useQueryClient();
  const { total } = asked;
  const placeOf = (row: number): number => (isNewestFirst ? total - 1 - row : row);
  const ends = [first - AHEAD, last + AHEAD].map((row) => placeOf(Math.min(total - 1, Math.max(0, row))));
  const [from, to] = useSettled(pageOf(Math.min(...ends)), pageOf(Math.max(...ends)));
  const pages = Array.from({ length: to - from + 1 }, (_, place) => from + place);
  const answers = useQueries({
    queries: pages.map((page) => ({
      queryKey: keyOf(asked, page),
      queryFn: () => fetchPage(client, asked, page),
      staleTime: Infinity,
    })),
  });
  // What was read before is there at once, and so is the row that holds the focus while one looks elsewhere.
  const lineAt = (row: number): Line | undefined => {
    const place = placeOf(row);
    const page = answers[pageOf(place) - from]?.data ?? atHand(client, asked, pageOf(place));
    return page?.[place % PAGE];
  };
  return { lineAt, failed: answers.find(({ isError }) => isError) };
}

const pageOf = (place: number): number => Math.floor(place / PAGE);
const atHand = (client: QueryClient, asked: LinesAsked, page: number) =>
  client.getQueryData<readonly Line[]>(keyOf(asked, page));
const keyOf = ({ path, query }: LinesAsked, page: number) => ['lines', path, query, page] as const;

/** Behind a page that is at hand, in front of one, or counted from the nearer end: no page costs more than that. */
async function fetchPage(client: QueryClient, asked: LinesAsked, page: number): Promise<readonly Line[]> {
  const { path, query, total } = asked;
  const [before, behind] = [atHand(client, asked, page - 1)?.at(-1), atHand(client, asked, page + 1)?.at(0)];
  const start = page * PAGE;
  const limit = Math.min(PAGE, total - start);
  const after = ({ voucher, line }: Line): string => `${voucher}.${line}`;
  const ask = async (way: { order: 'oldest' | 'newest'; after?: string; skip?: number }) => {
    const params = { path, query: { ...query, ...way, limit } };
    return (await answered(office.GET('/api/books/funds/{fund}/accounts/{account}/lines', { params }))).lines;
  };
  if (before !== undefined) return ask({ order: 'oldest', after: after(before) });
  if (behind !== undefined) return (await ask({ order: 'newest', after: after(behind) })).reverse();
  if (start <= total / 2) return ask({ order: 'oldest', skip: start });
  return (await ask({ order: 'newest', skip: total - start - limit })).reverse();
}

/** Two numbers once they have stood still for a moment; those that come first at once. */
function useSettled(first: number, second: number): readonly [number, number] {
  const [settled, setSettled] = useState<readonly [number, number]>([first, second]);
  useEffect(() => {
    const timer = setTimeout(() => setSettled([first, second]), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [first, second]);
  return settled;
}
