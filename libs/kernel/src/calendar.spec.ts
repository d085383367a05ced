import {
  addDays,
  businessDate,
  dateInChina,
  dayOfWeek,
  daysBetween,
  isBusinessDate,
  lastDayOf,
} from './business-date.js';
import { addMonths, month, monthsBetween } from './month.js';
import { WorkingCalendar } from './working-calendar.js';

describe('dates and months', () => {
  it('know the calendar', () => {
    expect(isBusinessDate('2025-02-29')).toBe(false);
    expect(lastDayOf(month('2024-02'))).toBe('2024-02-29');
    expect(addDays(businessDate('2024-12-31'), 1)).toBe('2025-01-01');
    expect(daysBetween(businessDate('2011-06-30'), businessDate('2011-07-02'))).toBe(2);
    expect(dayOfWeek(businessDate('2026-11-21'))).toBe(6);
    expect(addMonths(month('2025-11'), 3)).toBe('2026-02');
    expect(addMonths(month('2025-01'), -1)).toBe('2024-12');
    expect(monthsBetween(month('2025-11'), month('2026-02'))).toBe(3);
    expect(dateInChina(new Date('2025-12-31T16:00:00Z'))).toBe('2026-01-01');
  });

  it('refuse what is not one', () => {
    expect(() => month('2025-13')).toThrow(expect.objectContaining({ code: 'month-malformed' }));
    expect(() => businessDate('2025-1-1')).toThrow(expect.objectContaining({ code: 'date-malformed' }));
  });
});

describe('working days', () => {
  const calendar = new WorkingCalendar([
    {
      year: 2025,
      notice: '国办发明电〔2024〕12号',
      daysOff: ['2025-10-01', '2025-10-02', '2025-10-03', '2025-10-06', '2025-10-07', '2025-10-08'].map(businessDate),
      workedWeekends: ['2025-09-28', '2025-10-11'].map(businessDate),
    },
  ]);

  it('skip holidays and weekends and count worked weekends', () => {
    expect(calendar.isWorkingDay(businessDate('2025-09-28'))).toBe(true);
    expect(calendar.addWorkingDays(businessDate('2025-09-30'), 1)).toBe('2025-10-09');
    expect(calendar.addWorkingDays(businessDate('2025-10-10'), 1)).toBe('2025-10-11');
    expect(calendar.workingDaysBetween(businessDate('2025-09-30'), businessDate('2025-10-13'))).toBe(4);
  });

  it('refuse a year they do not know', () => {
    expect(() => calendar.isWorkingDay(businessDate('2026-01-05'))).toThrow(
      expect.objectContaining({ code: 'calendar-year-missing' }),
    );
  });
});
