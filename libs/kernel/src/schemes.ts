/** Kinds of social insurance (险种) that employed people take part in. */
export const SCHEMES = ['pension', 'medical', 'maternity', 'unemployment', 'work-injury'] as const;
export type Scheme = (typeof SCHEMES)[number];

/** Who owes a contribution line: the employer (单位) or the employee (个人, withheld by the employer). */
export const PAYERS = ['employer', 'employee'] as const;
export type Payer = (typeof PAYERS)[number];

/**
 * The funds (基金), each with books of its own (社会保险法 第64条). Maternity has been kept inside the employees' medical
 * fund since the merger (国办发〔2019〕10号).
 */
export const FUNDS = ['employee-pension', 'employee-medical', 'unemployment', 'work-injury'] as const;
export type Fund = (typeof FUNDS)[number];

const FUND_OF: Record<Scheme, Fund> = {
  pension: 'employee-pension',
  medical: 'employee-medical',
  maternity: 'employee-medical',
  unemployment: 'unemployment',
  'work-injury': 'work-injury',
};

export function fundOf(scheme: Scheme): Fund {
  return FUND_OF[scheme];
}

export const SCHEME_NAMES: Record<Scheme, { zh: string; en: string }> = {
  pension: { zh: '基本养老保险', en: 'Basic pension' },
  medical: { zh: '基本医疗保险', en: 'Basic medical' },
  maternity: { zh: '生育保险', en: 'Maternity' },
  unemployment: { zh: '失业保险', en: 'Unemployment' },
  'work-injury': { zh: '工伤保险', en: 'Work injury' },
};

export const FUND_NAMES: Record<Fund, { zh: string; en: string }> = {
  'employee-pension': { zh: '企业职工基本养老保险基金', en: "Enterprise employees' basic pension fund" },
  'employee-medical': { zh: '职工基本医疗保险基金', en: "Employees' basic medical fund" },
  unemployment: { zh: '失业保险基金', en: 'Unemployment fund' },
  'work-injury': { zh: '工伤保险基金', en: 'Work injury fund' },
};
