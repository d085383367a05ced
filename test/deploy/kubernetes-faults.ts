import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import ts from 'typescript';
import { REPOSITORY } from './deploy-files.js';

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly [part: string]: unknown;
}

/**
 * What the type checker says of manifests that are held against the API's own types: misspelt and missing fields among
 * it, which the API's JSON schemas let pass.
 */
export function typeFaults(manifests: readonly Manifest[]): string[] {
  const file = join(REPOSITORY, 'test', 'deploy', 'manifests.generated.mts');
  const lines = manifests.flatMap(({ apiVersion, kind, ...rest }, at) => [
    `import type { I${kind} as Kind${at} } from 'kubernetes-models/${apiVersion}/${kind}';`,
    `const manifest${at}: Kind${at} = ${JSON.stringify({ apiVersion, kind, ...rest })};`,
  ]);
  const source = ts.createSourceFile(file, `${lines.join('\n')}\n`, ts.ScriptTarget.ES2024, true);
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [] },
    ...{ module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext },
    target: ts.ScriptTarget.ES2024,
  };
  const host = ts.createCompilerHost(options);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.getSourceFile = (name, ...others) => (name === file ? source : getSourceFile(name, ...others));
  host.fileExists = (name) => name === file || fileExists(name);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program, source).map((fault) => {
    const line = source.getLineAndCharacterOfPosition(fault.start ?? 0).line;
    const manifest = manifests[Math.floor(line / 2)];
    const named = manifest === undefined ? '' : `${manifest.kind} ${manifest.metadata.name}: `;
    return `${named}${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`;
  });
}

/** Node loads the models as they are made for it, which a test's own loader cannot. */
const CHECK = `
  const faults = [];
  for (const manifest of JSON.parse(await new Response(process.stdin).text())) {
    const { apiVersion, kind, metadata } = manifest;
    const { [kind]: Kind } = await import(\`kubernetes-models/\${apiVersion}/\${kind}\`);
    try { new Kind(manifest).validate(); } catch (error) { faults.push(\`\${kind} \${metadata.name}: \${error.message}\`); }
  }
  console.log(JSON.stringify(faults));
`;

/** What the API's JSON schemas say of manifests: wrong types and values. */
export function schemaFaults(manifests: readonly Manifest[]): string[] {
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', CHECK], {
    cwd: REPOSITORY,
    input: JSON.stringify(manifests),
    encoding: 'utf8',
  });
  return JSON.parse(out) as string[];
}
