import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Collapse, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../api/client.js';
import type { components } from '../api/office.js';
import { day, moment } from '../format/dates.js';
import { count } from '../format/money.js';
import { explanationWords } from '../i18n/explanation.js';
import { useLanguage } from '../i18n/language.js';
import { useNames, useText } from '../i18n/text.js';
import { EmployerName } from './employer-name.js';
import { EventWords } from './event-words.js';
import { Figure } from './figure.js';
import { StaffName } from './staff-name.js';
import { Failed, Loading } from './states.js';

type Head = components['schemas']['ExplanationHeadAnswer'];

/** Who may ask for which explanations: the books' own, or every one that supervision has. */
const ROUTES = {
  books: '/api/books/explanations',
  supervision: '/api/supervision/explanations',
} as const;

interface ExplanationProps {
  /** Names the figure for ever, `voucher:12345`. */
  readonly address: string;
  readonly of: keyof typeof ROUTES;
}

/** What a figure rests on, and what that rests on in turn, opened step by step down to events, articles and people. */
export function Explanation({ address, of }: ExplanationProps) {
  const say = useText(explanationWords);
  const pages = useInfiniteQuery({
    queryKey: ['explanation', of, address],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => {
      const query = { figure: address, limit: 20, ...(after === undefined ? {} : { after }) };
      return answered(office.GET(ROUTES[of], { params: { query } }));
    },
    getNextPageParam: ({ next }) => next,
  });
  if (pages.isPending) return <Loading rows={3} />;
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const [first] = pages.data.pages;
  const children = pages.data.pages.flatMap((page) => page.children);
  return (
    <div className="explanation">
      {first === undefined ? null : <Facts head={first} />}
      {children.length === 0 ? null : (
        <>
          <Typography.Text strong>{say('restsOn', { count: count(first?.total ?? children.length) })}</Typography.Text>
          <Children rows={children} of={of} />
        </>
      )}
      {pages.hasNextPage ? (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('more')}
        </Button>
      ) : null}
    </div>
  );
}

/** An event is told in words; everything else has its title. */
function Title({ title }: { readonly title: Head['title'] }) {
  const name = useNames();
  const [, type] = /^Event (\w+)$/.exec(title.en) ?? [];
  return type === undefined ? <>{name(title)}</> : <EventWords type={type} />;
}

/** Each is explained only when it is opened. */
function Children({ rows, of }: { readonly rows: readonly Head[]; readonly of: ExplanationProps['of'] }) {
  const [open, setOpen] = useState<readonly string[]>([]);
  return (
    <Collapse
      size="small"
      activeKey={[...open]}
      onChange={setOpen}
      items={rows.map((child) => ({
        key: child.address,
        label: <Title title={child.title} />,
        extra: child.value === undefined ? null : <Value value={child.value} />,
        children: open.includes(child.address) ? <Explanation address={child.address} of={of} /> : null,
      }))}
    />
  );
}

function Value({ value }: { readonly value: NonNullable<Head['value']> }) {
  const say = useText(explanationWords);
  if (value.unit === 'yuan') return <Figure amount={value.text} />;
  if (value.unit === 'persons') return <>{say('persons', { count: count(value.text) })}</>;
  return <>{value.text}</>;
}

function Facts({ head }: { readonly head: Head }) {
  const say = useText(explanationWords);
  const name = useNames();
  return (
    <dl className="facts">
      {head.facts.map((fact) => (
        <div key={`${fact.en}.${fact.value}`}>
          <dt>{name(fact)}</dt>
          <dd>
            <FactValue value={fact.value} />
          </dd>
        </div>
      ))}
      {head.rule === undefined ? null : (
        <div>
          <dt>{say('rule')}</dt>
          <dd>
            {head.rule.text}
            {head.rule.basis === undefined ? null : <div>{`${say('basis')}: ${head.rule.basis}`}</div>}
            {head.rule.confidence === undefined ? null : <div>{`${say('confidence')}: ${head.rule.confidence}`}</div>}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** People by name and moments in the agency's time; everything else as it was told. */
function FactValue({ value }: { readonly value: string }) {
  const { language } = useLanguage();
  if (/^(user|system|reaction):/.test(value)) return <StaffName actor={value} />;
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) return <>{moment(value, language)}</>;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return <>{day(value, language)}</>;
  if (/^-?\d+\.\d{2}$/.test(value)) return <Figure amount={value} />;
  if (/^[0-9A-Z]{18}$/.test(value)) return <EmployerName code={value} />;
  return <>{value}</>;
}
