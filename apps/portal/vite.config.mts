import { defineConfig } from 'vite';

/** `npx vite apps/portal` serves the page with reloading; its questions go to an office on port 3000. */
export default defineConfig({
  root: import.meta.dirname,
  // Filled in by the server for every answer: libs/http/src/pages.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true, assetsInlineLimit: 0, manifest: true },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
