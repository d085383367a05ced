import { businessDate, type Fund, FUNDS, Money, type Month } from '@provident/kernel';
import { tellHighlights } from './highlights.js';
import { UNIDENTIFIED } from './receipts.js';
import { AREA, type Sample } from './sample.js';
import { MONTHS } from './staff-year.js';
import type { FundAmounts, MonthControls, Story, StoryStep } from './story.js';
import { declarationPath, receiptsPath } from './tables.js';

/** The sample's story: its steps in the order of their days, and the figures that they must come to. */
export function tellStory(sample: Sample): Story {
  return {
    area: AREA,
    areaName: '上海市',
    year: 2025,
    employers: sample.employers.length,
    people: sample.staff.registrations.length,
    highlights: tellHighlights(sample),
    controls: MONTHS.map((month) => controlsOf(sample, month)),
    steps: steps(sample).toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)),
  };
}

function steps(sample: Sample): StoryStep[] {
  const { employers, receipts, staff } = sample;
  const unclear = receipts.get(UNIDENTIFIED.month as Month)?.find((receipt) => receipt.creditCode === '');
  const payer = employers[UNIDENTIFIED.employerIndex];
  const { wrongCredit } = staff;
  return [
    { do: 'import-employers', on: businessDate('2025-01-02'), file: 'employers.csv' },
    { do: 'import-people', on: businessDate('2025-01-02'), file: 'people.csv' },
    ...MONTHS.flatMap((month): StoryStep[] => [
      {
        do: 'declare',
        on: businessDate(`${month}-08`),
        month,
        files: employers.map((employer) => ({
          employer: employer.creditCode,
          file: declarationPath(employer, month),
        })),
      },
      { do: 'import-receipts', on: businessDate(`${month}-23`), month, file: receiptsPath(month) },
    ]),
    {
      do: 'identify-receipt',
      on: businessDate('2025-09-03'),
      fund: UNIDENTIFIED.fund,
      bankReference: unclear?.bankReference ?? '',
      employer: payer?.creditCode ?? '',
      reason: '经与银行及单位核实，该笔为单位委托个人代缴的2025年8月失业保险费。',
    },
    {
      do: 'correct-credit',
      on: businessDate('2025-07-09'),
      month: wrongCredit.month,
      wrong: wrongCredit.former.citizenNumber,
      right: wrongCredit.newcomer.citizenNumber,
      reason: '单位申报时误用同名离职职工的公民身份号码，该月缴费属于新入职的同名职工。',
    },
    { do: 'close-year', on: businessDate('2026-01-15'), year: 2025 },
  ];
}

function controlsOf(sample: Sample, month: Month): MonthControls {
  const byEmployer = sample.staff.months.get(month) ?? [];
  const lines = byEmployer.flat();
  const wages = lines.flatMap(({ wage }) => (wage === undefined ? [] : [wage]));
  const { floor, ceiling } = sample.terms(month, 1).bounds;
  const due = byEmployer.map((_, index) => sample.dues(month, index));
  const received = sample.receipts.get(month) ?? [];
  return {
    month,
    headcount: wages.length,
    joiners: lines.filter(({ change }) => change === 'join').length,
    leavers: lines.filter(({ change }) => change === 'leave').length,
    belowFloor: wages.filter((wage) => wage.lessThan(floor)).length,
    aboveCeiling: wages.filter((wage) => wage.greaterThan(ceiling)).length,
    due: byFund((fund) => due.map((each) => each.get(fund) ?? Money.zero)),
    received: byFund((fund) => received.filter((each) => each.fund === fund).map(({ amount }) => amount)),
  };
}

function byFund(amounts: (fund: Fund) => readonly Money[]): FundAmounts {
  return Object.fromEntries(FUNDS.map((fund) => [fund, Money.sum(amounts(fund)).toString()])) as FundAmounts;
}
