import { DomainError } from '@provident/kernel';
import type { CaseFile } from './case-state.js';

/**
 * Whatever a request names by its hash is on file under the kind that the procedure says, as soon as anything is on file
 * under that kind. Throws `document-not-named`: who checks a case would otherwise look at another document than the one
 * that its command records.
 */
export function checkNamedDocuments({ procedure, request, documents }: Named): void {
  for (const { kind, hashField, en } of procedure.documents) {
    if (hashField === undefined) continue;
    const entered = documents.filter((each) => each.kind === kind);
    const named = String(request[hashField]);
    if (entered.length === 0 || entered.some(({ sha256 }) => sha256 === named)) continue;
    throw new DomainError(
      'document-not-named',
      `The request names the document ${named} as ${hashField}; what was entered as ${kind} (${en}) is another.`,
      '社会保险经办条例 第38条: what a case decides on is kept with it, and its hash says that it is the same.',
      `Enter the document with this hash as ${kind}; or, if the hash in the request is wrong, withdraw the case and open ` +
        'it anew, or hand it in again amended where it was returned.',
      { kind, field: hashField, named },
    );
  }
}

type Named = Pick<CaseFile, 'procedure' | 'request' | 'documents'>;
