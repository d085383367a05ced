import { join } from 'node:path';
import { defineConfig } from 'vite';
import { directImports } from './direct-imports.mts';

const KERNEL = join(import.meta.dirname, '..', '..', 'libs', 'kernel', 'src');

/** `npx vite apps/portal` serves the page with reloading; its questions go to an office on port 3000. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [directImports()],
  // Filled in by the server for every answer: libs/http/src/pages.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  // The kernel is pure: what it knows of funds and money, the page need not say again.
  resolve: { alias: [{ find: /^@provident\/kernel\/(.+)$/, replacement: `${KERNEL}/$1.ts` }] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
