import type { ReactNode } from 'react';

/** What may be wider than the screen, to be moved by keyboard as well as by hand. */
export function ScrollRegion({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // Focus is what lets arrow keys move it: WCAG 2.1.1.
    <section className="scroll-region" tabIndex={0} aria-label={label}>
      {children}
    </section>
  );
}
