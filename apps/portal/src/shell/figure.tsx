import { isZero, money } from '../format/money.js';

/** An amount in a table: figures of one width, red below zero (and with a minus, for who sees no red), a dash for nothing. */
export function Figure({ amount, strong = false }: { readonly amount: string; readonly strong?: boolean }) {
  const shown = isZero(amount) ? '–' : money(amount);
  const classes = [
    'figure',
    amount.startsWith('-') && !isZero(amount) ? 'figure-red' : '',
    strong ? 'figure-strong' : '',
  ];
  return <span className={classes.filter((each) => each !== '').join(' ')}>{shown}</span>;
}
