import type { Language } from '../i18n/language.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A day: 2025年7月31日, 31 Jul 2025. Days have no zone, so no clock takes part. */
export function day(text: string, language: Language): string {
  const [, year = '', month = '', date = ''] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  if (year === '') return text;
  if (language === 'zh-CN') return `${year}年${bare(month)}月${bare(date)}日`;
  return `${bare(date)} ${nameOf(month)} ${year}`;
}

/** A month: 2025年7月, Jul 2025. */
export function month(text: string, language: Language): string {
  const [, year = '', monthOfYear = ''] = /^(\d{4})-(\d{2})$/.exec(text) ?? [];
  if (year === '') return text;
  return language === 'zh-CN' ? `${year}年${bare(monthOfYear)}月` : `${nameOf(monthOfYear)} ${year}`;
}

/** A moment in China's time, to the second: the agency's clock, wherever the reader sits. */
export function moment(iso: string, language: Language): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Shanghai',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  const [date = '', time = ''] = parts.format(at).split(' ');
  return `${day(date, language)} ${time}`;
}

function bare(digits: string): string {
  return digits.replace(/^0/, '');
}

function nameOf(monthOfYear: string): string {
  return MONTHS[Number(monthOfYear) - 1] ?? monthOfYear;
}
