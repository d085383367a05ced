import { accountInterestFormula } from './accounts/account-interest.js';
import type { Formula } from './calculation/formula.js';
import { contributionFormula } from './contributions/contribution.js';
import { contributionBaseFormula } from './contributions/contribution-base.js';
import { contributionBoundsFormula } from './contributions/contribution-bounds.js';
import { contributionSubsidyFormula } from './contributions/contribution-subsidy.js';
import { defaultAssessmentFormula } from './contributions/default-assessment.js';
import { disabledEmploymentFundFormula } from './employers/disabled-employment-fund.js';
import { lateFeeFormula } from './late-fees/late-fee.js';
import { lateFeeByDatesFormula } from './late-fees/late-fee-by-dates.js';
import { lateFeeInstalmentsFormula } from './late-fees/late-fee-instalments.js';
import { maternityAllowanceFormula } from './maternity/maternity-allowance.js';
import { maternityLeaveDaysFormula } from './maternity/maternity-leave-days.js';
import { medicalSettlementFormula } from './medical/medical-settlement.js';
import { medicalSettlementItemisedFormula } from './medical/medical-settlement-itemised.js';
import { minimumContributionMonthsFormula } from './retirement/minimum-contribution-months.js';
import { paymentMonthsFormula } from './retirement/payment-months.js';
import { pensionAtRetirementFormula } from './retirement/pension-at-retirement.js';
import { retirementAgeFormula } from './retirement/retirement-age.js';
import { statisticsGrowthFormula } from './statistics/statistics-growth.js';
import { statisticsRatioFormula } from './statistics/statistics-ratio.js';
import { statisticsTotalFormula } from './statistics/statistics-total.js';
import { survivorsBenefitFormula } from './survivors/survivors-benefit.js';
import { survivorsGrantMonthsFormula } from './survivors/survivors-grant-months.js';
import { pensionTransferFormula } from './transfers/pension-transfer.js';
import { unemploymentTransferFormula } from './transfers/unemployment-transfer.js';
import { unemploymentBenefitFormula } from './unemployment/unemployment-benefit.js';
import { unemploymentBenefitLadderFormula } from './unemployment/unemployment-benefit-ladder.js';
import { careAllowanceFormula } from './work-injury/care-allowance.js';
import { deathGrantFormula } from './work-injury/death-grant.js';
import { dependantsPensionFormula } from './work-injury/dependants-pension.js';
import { disabilityAllowanceFormula } from './work-injury/disability-allowance.js';
import { disabilityGrantFormula } from './work-injury/disability-grant.js';
import { funeralGrantFormula } from './work-injury/funeral-grant.js';
import { separationGrantsFormula } from './work-injury/separation-grants.js';

/** The 34 statutory formulas, in the order of the case format. */
export const FORMULAS: readonly Formula[] = [
  contributionBoundsFormula,
  contributionBaseFormula,
  contributionFormula,
  contributionSubsidyFormula,
  defaultAssessmentFormula,
  lateFeeFormula,
  lateFeeByDatesFormula,
  lateFeeInstalmentsFormula,
  accountInterestFormula,
  pensionTransferFormula,
  unemploymentTransferFormula,
  disabledEmploymentFundFormula,
  retirementAgeFormula,
  minimumContributionMonthsFormula,
  paymentMonthsFormula,
  pensionAtRetirementFormula,
  disabilityGrantFormula,
  disabilityAllowanceFormula,
  careAllowanceFormula,
  separationGrantsFormula,
  funeralGrantFormula,
  deathGrantFormula,
  dependantsPensionFormula,
  survivorsGrantMonthsFormula,
  survivorsBenefitFormula,
  maternityLeaveDaysFormula,
  maternityAllowanceFormula,
  medicalSettlementFormula,
  medicalSettlementItemisedFormula,
  unemploymentBenefitFormula,
  unemploymentBenefitLadderFormula,
  statisticsTotalFormula,
  statisticsRatioFormula,
  statisticsGrowthFormula,
] as readonly unknown[] as readonly Formula[];
