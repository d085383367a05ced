/*
 * Who may import whom (the table of the design, kept by `npm run check`):
 *   kernel <- policy <- write side; kernel <- platform; the read side sees of the write side its events.ts only;
 *   a write context sees of another its events.ts only; the assembly puts everything together; apps import anything.
 */
const PLATFORM = 'event-store|embedded-event-store|event-bus|projections|files|http|telemetry|access';
const WRITE = 'policy-desk|casework|registry|collection|accounts|benefits|medical|treasury|inspection';
const READ = 'books|statements|statistics|supervision|desk|terminal';
const libs = (names) => `^libs/(${names})/`;
/** Tests may bring neighbours together. */
const code = { pathNot: '\\.spec\\.ts$|/testing/' };

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle hides which part rests on which.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: libs('kernel'), ...code },
      to: { path: '^(libs|apps|deploy)/', pathNot: libs('kernel') },
    },
    {
      name: 'policy-rests-on-the-kernel',
      severity: 'error',
      from: { path: libs('policy'), ...code },
      to: { path: '^(libs|apps|deploy)/', pathNot: libs('kernel|policy') },
    },
    {
      name: 'pure-rooms-know-no-framework',
      comment: 'Kernel and policy are plain functions: no Nest, no I/O libraries.',
      severity: 'error',
      from: { path: libs('kernel|policy'), ...code },
      to: { path: 'node_modules/(@nestjs|@eventstore|@grpc|pg|kysely|kafkajs|fastify)' },
    },
    {
      name: 'platform-knows-no-context',
      severity: 'error',
      from: { path: libs(PLATFORM), ...code },
      to: { path: '^(libs|apps|deploy)/', pathNot: libs(`kernel|${PLATFORM}`) },
    },
    {
      name: 'write-contexts-meet-in-events',
      comment: 'A context sees of another its events.ts only, for its reactions.',
      severity: 'error',
      from: { path: `^libs/(${WRITE})/`, ...code },
      to: { path: libs(WRITE), pathNot: ['^libs/$1/', '/src/events\\.ts$'] },
    },
    {
      name: 'write-side-knows-no-read-side',
      severity: 'error',
      from: { path: libs(WRITE), ...code },
      to: { path: libs(`${READ}|assembly`) },
    },
    {
      name: 'read-side-sees-events-only',
      severity: 'error',
      from: { path: libs(READ), ...code },
      to: { path: libs(WRITE), pathNot: '/src/events\\.ts$' },
    },
    {
      name: 'nothing-imports-an-app',
      comment: 'But tests and the bench, which drive apps from outside, and what publishes their interfaces.',
      severity: 'error',
      from: { pathNot: '^(apps|test|deploy/contracts)/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-do-not-import-each-other',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'assembly-is-for-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: libs('assembly') },
      to: { path: libs('assembly') },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: { pathNot: '/bin/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/|^apps/portal/dist/|/data/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
