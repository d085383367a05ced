import { randomBytes } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';

/** Stands in the built page where the nonce of an answer belongs. */
const NONCE = '__CSP_NONCE__';
/** Addresses that are never a page's. */
const NOT_PAGES = /^\/(api|api-json|api-yaml|health|metrics)(\/|$|\?)/;

/**
 * Serves the portal that was built into `folder`, under `/`. Its files are listed once, so that no address reaches
 * another; every further address that is no interface's is the page itself, which finds its own way. Files under
 * `assets` bear a digest in their names and are kept for ever, the page is asked for anew each time.
 */
export async function servePages(app: NestFastifyApplication, folder: string): Promise<void> {
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  const files = new Set(globSync('**/*.*', { cwd: folder }).map((name) => `/${name}`));
  files.delete('/index.html');
  await app.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const server = app.getHttpAdapter().getInstance();
  server.get('/*', (request, reply) => {
    const [path = '/'] = request.url.split('?', 1);
    if (NOT_PAGES.test(path)) {
      reply.callNotFound();
      return reply;
    }
    if (!files.has(path)) return sendPage(reply, page);
    if (!path.startsWith('/assets/')) return reply.sendFile(path.slice(1), { maxAge: '1h' });
    return reply.sendFile(path.slice(1), { maxAge: '365d', immutable: true });
  });
}

/** Whether the portal was built. */
export function hasPages(folder: string): boolean {
  return existsSync(join(folder, 'index.html'));
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('content-security-policy', pagePolicy(nonce))
    .send(page.replaceAll(NONCE, nonce));
}

/**
 * What the page may do: scripts and questions from and to here alone, nothing inline, nothing framed. Its components make
 * style elements while they run; only those that bear the answer's nonce count, so no style comes in by a name or a note.
 */
function pagePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self' blob:",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
