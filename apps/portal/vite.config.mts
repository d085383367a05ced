import { join } from 'node:path';
import { defineConfig } from 'vite';
import { directImports } from './direct-imports.mts';
import { styleNonce } from './style-nonce.mts';

const LIBS = join(import.meta.dirname, '..', '..', 'libs');

/** `npx vite apps/portal` serves the page with reloading; its questions go to an office on port 3000. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [directImports(), styleNonce()],
  // Filled in by the server for every answer: libs/http/src/pages.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  // The kernel and the verifier are pure: what they know, the page need not say again.
  resolve: {
    alias: [
      { find: /^@provident\/kernel\/(.+)$/, replacement: `${LIBS}/kernel/src/$1.ts` },
      { find: '@provident/verifier', replacement: `${LIBS}/supervision/verifier/verify.mjs` },
    ],
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
