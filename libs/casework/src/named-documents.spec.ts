import { given } from '@provident/kernel/testing/given';
import { caseAggregate } from './case.js';
import type { CaseCommand } from './case-commands.js';
import { CASE, eventsOf, fileOf, FORM, on, PROOF } from './testing/cases.js';
import { acting } from './testing/people.js';

const LI = acting('li', 'clerk');
const WANG = acting('wang', 'reviewer');
const DAY = '2026-01-05';
const OTHER = 'c'.repeat(64);

const FINE = {
  ...{ employer: '91350100M000100Y43', decisionNumber: '沪人社罚决〔2025〕12号', ground: 'non-payment' },
  ...{ base: '20.00', amount: '40.00', orderExpiredOn: '2025-12-01', imposedOn: '2025-12-20', documentHash: FORM },
};
const opened: CaseCommand = {
  ...{ type: 'OpenCase', caseId: CASE, procedure: 'fine-imposition', request: FINE },
  ...on(LI, DAY),
};
const enter = (kind: string, sha256: string): CaseCommand => ({ type: 'EnterDocument', kind, sha256, ...on(LI, DAY) });
const order = enter('expired-order', PROOF);
const after = (...commands: CaseCommand[]) => given(caseAggregate, ...eventsOf(opened, ...commands));

it('a case is handed to review with the very document that its request names', () => {
  after(order).when(enter('penalty-decision', FORM)).thenTypes('CaseDocumentEntered', 'CaseEvidenced');
  after(enter('penalty-decision', FORM)).when(order).thenTypes('CaseDocumentEntered', 'CaseEvidenced');
});

it('and with no other in its place, whatever was entered before', () => {
  after().when(enter('penalty-decision', OTHER)).thenRefused('document-not-named');
  after(order).when(enter('penalty-decision', PROOF)).thenRefused('document-not-named');
  // The named one is there: an annex may follow, and the case is looked at anew.
  after(order, enter('penalty-decision', FORM)).when(enter('penalty-decision', OTHER)).thenTypes('CaseDocumentEntered');
});

it('a returned case is handed in again with the hash mended', () => {
  const returned: CaseCommand = {
    ...{ type: 'ReturnCase', reason: '决定书摘要有误', missing: ['penalty-decision', 'expired-order'] },
    ...on(WANG, DAY),
  };
  const mended = [returned, enter('penalty-decision', OTHER), order];
  const again = (request?: object): CaseCommand => ({
    ...{ type: 'ResubmitCase', ...(request === undefined ? {} : { request }) },
    ...on(LI, DAY),
  });
  after(...mended)
    .when(again())
    .thenRefused('document-not-named');
  after(...mended)
    .when(again({ ...FINE, documentHash: OTHER }))
    .thenTypes('CaseResubmitted', 'CaseEvidenced');
});

it('a case that was opened before the rule goes on without it', () => {
  const [first, ...rest] = eventsOf(opened);
  if (first?.type !== 'CaseOpened') throw new Error('The case was not opened.');
  const earlier = { ...first, data: { ...first.data, procedureVersion: 1 } };
  given(caseAggregate, earlier, ...rest)
    .when(enter('penalty-decision', OTHER))
    .thenTypes('CaseDocumentEntered');
  expect(fileOf([earlier]).procedure.version).toBe(1);
});
