import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows and heading have one height (funds.css), so that a row's place follows from its number. */
const ROW_PX = 40;
/** Rows drawn beyond those in sight, so that a turn of the wheel meets drawn ones. */
const BEYOND = 20;
/** Browsers draw nothing higher than some 33 million pixels. */
export const MOST_ROWS = 800_000;

export interface LongListColumn<Row> {
  readonly key: string;
  readonly title: string;
  readonly widthPx: number;
  readonly align?: 'right';
  readonly cell: (row: Row) => ReactNode;
}

/** The rows between which one looks, by number from 0. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/**
 * A list of any length of which only what is in sight stands in the page. It is scrolled as the browser scrolls
 * everything; the keys of a grid move in it (WAI-ARIA). A row that is not there yet is empty until `rowAt` has it.
 */
export function LongList<Row>(props: {
  readonly label: string;
  readonly columns: readonly LongListColumn<Row>[];
  readonly count: number;
  readonly rowAt: (at: number) => Row | undefined;
  readonly onOpen: (row: Row) => void;
  readonly onSight: (sight: Sight) => void;
}) {
  const { label, columns, count, rowAt, onOpen, onSight } = props;
  const place = useRef<HTMLDivElement>(null);
  const sight = useSight(place, count);
  const { active, setActive, move } = useActiveRow(place, count);
  useEffect(() => onSight(sight), [onSight, sight]);
  const shown = shownRows(sight, active, count);
  const tabStop = active >= sight.first && active <= sight.last ? active : sight.first;
  return (
    <div ref={place} className="long-list" role="grid" aria-label={label} aria-rowcount={count + 1}>
      <div role="rowgroup" className="long-head">
        <div className="long-columns" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <Cell key={column.key} role="columnheader" column={column}>
              {column.title}
            </Cell>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="long-body" style={{ height: count * ROW_PX }}>
        {shown.map((at) => {
          const row = rowAt(at);
          return (
            <div
              key={at}
              className="long-row"
              role="row"
              aria-rowindex={at + 2}
              aria-busy={row === undefined}
              tabIndex={at === tabStop ? 0 : -1}
              style={{ transform: `translateY(${at * ROW_PX}px)` }}
              onFocus={() => setActive(at)}
              onClick={() => (row === undefined ? undefined : onOpen(row))}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && row !== undefined) onOpen(row);
                else move(event);
              }}
            >
              {columns.map((column) => (
                <Cell key={column.key} role="gridcell" column={column}>
                  {row === undefined ? '…' : column.cell(row)}
                </Cell>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cell<Row>(props: {
  readonly role: 'columnheader' | 'gridcell';
  readonly column: LongListColumn<Row>;
  readonly children: ReactNode;
}) {
  const { role, column, children } = props;
  const { widthPx: width, align } = column;
  return (
    <div role={role} className={align === 'right' ? 'long-cell long-cell-right' : 'long-cell'} style={{ width }}>
      {children}
    </div>
  );
}

/** Who holds the focus stays in the page wherever one looks, or the keys would be lost. */
function shownRows({ first, last }: Sight, active: number, count: number): number[] {
  const [from, to] = [Math.max(0, first - BEYOND), Math.min(count - 1, last + BEYOND)];
  const rows = Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
  return active < from ? [active, ...rows] : active > to && active < count ? [...rows, active] : rows;
}

function useSight(place: React.RefObject<HTMLDivElement | null>, count: number): Sight {
  const [sight, setSight] = useState<Sight>({ first: 0, last: 0 });
  useLayoutEffect(() => {
    const list = place.current;
    if (list === null) return undefined;
    const look = (): void => {
      const first = Math.floor(list.scrollTop / ROW_PX);
      const last = Math.min(count - 1, Math.floor((list.scrollTop + list.clientHeight - ROW_PX) / ROW_PX));
      setSight((before) => (before.first === first && before.last === last ? before : { first, last }));
    };
    look();
    // Drawn within the frame that was scrolled, so that nobody sees a place where no row is.
    const follow = (): void => flushSync(look);
    list.addEventListener('scroll', follow, { passive: true });
    const resize = new ResizeObserver(look);
    resize.observe(list);
    return () => {
      list.removeEventListener('scroll', follow);
      resize.disconnect();
    };
  }, [place, count]);
  return sight;
}

/** The row that the keys stand on; a key that moves it brings it into sight and gives it the focus. */
function useActiveRow(place: React.RefObject<HTMLDivElement | null>, count: number) {
  const [active, setActive] = useState(0);
  const isMoved = useRef(false);
  useLayoutEffect(() => {
    if (!isMoved.current) return;
    isMoved.current = false;
    place.current?.querySelector<HTMLElement>(`[aria-rowindex="${active + 2}"]`)?.focus({ preventScroll: true });
  }, [place, active]);
  const move = useCallback(
    (event: KeyboardEvent): void => {
      const list = place.current;
      if (list === null) return;
      const body = list.clientHeight - ROW_PX;
      const target = targetOf(event.key, active, Math.max(1, Math.floor(body / ROW_PX) - 1), count);
      if (target === undefined) return;
      event.preventDefault();
      const top = target * ROW_PX;
      if (top < list.scrollTop) list.scrollTop = top;
      else if (top + ROW_PX > list.scrollTop + body) list.scrollTop = top + ROW_PX - body;
      isMoved.current = true;
      setActive(target);
    },
    [place, active, count],
  );
  return { active, setActive, move };
}

function targetOf(key: string, active: number, pageful: number, count: number): number | undefined {
  const targets: Readonly<Record<string, number>> = {
    ...{ ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + pageful, PageUp: active - pageful },
    ...{ Home: 0, End: count - 1 },
  };
  const target = targets[key];
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
}
