/** What an indicator means: shown beside its figure, so that nobody has to guess what was counted. */
export interface IndicatorDefinition {
  readonly id: IndicatorId;
  readonly zh: string;
  readonly en: string;
  readonly definition: string;
  readonly unit: 'persons' | 'yuan' | 'fraction';
  readonly per: 'scheme' | 'fund';
  readonly formula: string;
  /** Where the definition comes from, and how well that is known. */
  readonly source: string;
}

export type IndicatorId = (typeof INDICATORS)[number]['id'];

const MONTHLY_FORM = '社会保险统计报表制度 (monthly indicators; the official form was not seen: from practice)';

export const INDICATORS = [
  {
    id: 'participants',
    zh: '参保人数',
    en: 'Participants',
    definition: 'People whose participation in the scheme covers the month, whether or not it has been paid for.',
    unit: 'persons',
    per: 'scheme',
    formula: 'distinct people with an enrolment from ≤ month that has not ended before the month',
    source: `人社部统计公报 (registered persons, interrupted payers included); ${MONTHLY_FORM}`,
  },
  {
    id: 'payers',
    zh: '缴费人数',
    en: 'Payers',
    definition: 'People whose contribution month has been paid in full and entered on their record.',
    unit: 'persons',
    per: 'scheme',
    formula: 'distinct people whose credits for the month outnumber the reversals of such credits',
    source: MONTHLY_FORM,
  },
  {
    id: 'due',
    zh: '应缴',
    en: 'Contributions due',
    definition: 'Contributions assessed for the month, employers and employees together.',
    unit: 'yuan',
    per: 'scheme',
    formula: 'Σ dues assessed for the month',
    source: MONTHLY_FORM,
  },
  {
    id: 'received',
    zh: '实缴',
    en: 'Contributions received',
    definition: 'Money set against the dues of the month, arrears paid later included.',
    unit: 'yuan',
    per: 'scheme',
    formula: 'Σ allocations to the month',
    source: MONTHLY_FORM,
  },
  {
    id: 'receivedLate',
    zh: '其中：清欠',
    en: 'of which received late',
    definition: 'Money set against the dues of the month after their due date.',
    unit: 'yuan',
    per: 'scheme',
    formula: 'Σ allocations to the month that came after the due date',
    source: MONTHLY_FORM,
  },
  {
    id: 'arrears',
    zh: '欠费',
    en: 'Arrears',
    definition:
      'What is due for the month or an earlier one, past its due date, and not received. No asset of the fund.',
    unit: 'yuan',
    per: 'scheme',
    formula: 'Σ (due − received) over months ≤ month with a due date before the day asked for',
    source: 'practice; cash basis: 财会〔2017〕28号, part 1, 五',
  },
  {
    id: 'collectionRate',
    zh: '征缴率',
    en: 'Collection rate',
    definition: 'Share of the dues of the month that has been received (当期).',
    unit: 'fraction',
    per: 'scheme',
    formula: 'received ÷ due, half up to 4 decimals; none where nothing is due',
    source: 'practice (当期征缴率); 综合征缴率, which counts arrears as well, is another figure',
  },
  {
    id: 'income',
    zh: '基金收入',
    en: 'Fund income',
    definition: 'Income of the fund booked for days of the month.',
    unit: 'yuan',
    per: 'fund',
    formula: 'Σ 4xxx, credit − debit, effective within the month',
    source: '财会〔2017〕28号, part 4, 会社保02',
  },
  {
    id: 'expenditure',
    zh: '基金支出',
    en: 'Fund expenditure',
    definition: 'Expenditure of the fund booked for days of the month.',
    unit: 'yuan',
    per: 'fund',
    formula: 'Σ 5xxx, debit − credit, effective within the month',
    source: '财会〔2017〕28号, part 4, 会社保02',
  },
  {
    id: 'balance',
    zh: '累计结余',
    en: 'Fund balance',
    definition: 'Net assets of the fund at the end of the month.',
    unit: 'yuan',
    per: 'fund',
    formula: 'assets − liabilities, effective up to the end of the month',
    source: '财会〔2017〕28号, part 4, 会社保01',
  },
] as const satisfies readonly (Omit<IndicatorDefinition, 'id'> & { id: string })[];
