import type { Plugin } from 'vite';

/** Makes style elements for the components; some of its callers have no nonce to give it. */
const MAKER = /@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/;
const WITHOUT = /(?<![.\w])csp\?\.nonce/g;
const NONCE = `(csp?.nonce ?? document.querySelector('meta[property=csp-nonce]')?.nonce)`;

/**
 * Gives every style element that the components make the page's nonce. Without it the page's policy keeps out what
 * measures scroll bars in tables and what holds the page still behind a drawer.
 */
export function styleNonce(): Plugin {
  return {
    name: 'style-nonce',
    transform(code, id) {
      if (!MAKER.test(id)) return null;
      if (!WITHOUT.test(code)) throw new Error(`${id} asks for its nonce in another way now; see style-nonce.mts.`);
      return { code: code.replace(WITHOUT, NONCE), map: null };
    },
  };
}
