import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '@provident/assembly';
import { parse } from 'yaml';
import { contractsFolder } from '../../deploy/contracts/contracts.js';

/*
 * Addresses stand in the logs of proxies and in the histories of browsers. So everything that may be in one is listed here
 * with what it holds, and none of it is a name, a citizen number, a number of an account or of a card, or a free text.
 */
const HOLDS: Readonly<Record<string, readonly string[]>> = {
  // A person's id is a keyed hash of the citizen number, which nobody can turn around without the installation's secret.
  'ids that we make': [
    ...[
      'personId',
      'userId',
      'users',
      'caseId',
      'cardId',
      'documentId',
      'filingId',
      'handoverId',
      'noticeId',
      'taskId',
    ],
    ...['threadId', 'appointmentId', 'alertId', 'grantId', 'delegationId', 'fineId', 'event', 'stream'],
  ],
  'an employer’s public code': ['creditCode', 'employer', 'codes'],
  'days, months, moments': ['day', 'month', 'year', 'on', 'asOf', 'knownAt', 'from', 'to', 'storedOn', 'period'],
  'places in the log or in a list': [
    ...[
      'atLeast',
      'after',
      'before',
      'limit',
      'count',
      'causes',
      'size',
      'position',
      'revision',
      'number',
      'item',
      'skip',
    ],
  ],
  'words of ours': [
    ...[
      'fund',
      'account',
      'detail',
      'figure',
      'format',
      'formula',
      'language',
      'kind',
      'role',
      'side',
      'state',
      'check',
      'toBeAssessed',
    ],
    ...['open', 'order', 'purpose', 'acceptGoodRows', 'area'],
  ],
  // `user:<id>` or a role; never the name that somebody signs in by.
  'accounts as events name them': ['owner'],
};

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
}
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

it.each(['office', 'counter', 'enquiry', 'supervisor'])('the addresses of the %s hold nothing personal', (service) => {
  const path = join(contractsFolder(repositoryFolder()), 'openapi', `${service}.yaml`);
  const { paths } = parse(readFileSync(path, 'utf8')) as { paths: Paths };
  const known = new Set(Object.values(HOLDS).flat());
  const found = Object.entries(paths).flatMap(([route, operations]) =>
    Object.values(operations).flatMap(({ parameters = [] }) =>
      parameters.filter((each) => each.in === 'path' || each.in === 'query').map(({ name }) => ({ route, name })),
    ),
  );
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ name }) => !known.has(name))).toEqual([]);
});
