import { money } from '../../format/money.js';

export interface Asking {
  readonly ask: (figure: string) => void;
}

/** A number of the statement that tells why it is what it is. A negative one is red, and bears its sign as well. */
export function Figure(
  props: Asking & { readonly name: string } & ({ readonly amount: string } | { readonly text: string }),
) {
  const { name, ask } = props;
  const text = 'amount' in props ? money(props.amount) : props.text;
  return (
    <button
      type="button"
      className={text.startsWith('\u2212') ? 'why-figure figure-red' : 'why-figure'}
      data-figure={name}
      onClick={() => ask(name)}
    >
      {text}
    </button>
  );
}
