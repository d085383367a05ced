import { EyeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Space } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { count } from '../../format/money.js';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';
import { DownloadButton } from '../../shell/download-button.js';
import { Failed, Loading } from '../../shell/states.js';
import { AddDocument } from './add-document.js';
import type { CaseDetail } from './case-page.js';
import { DocumentView, isShown } from './document-view.js';
import { useMayMake, useProcedures } from './use-procedures.js';

export type CaseDocument = components['schemas']['CaseDocumentAnswer'];

/** As long as a case stands so, documents are taken. */
const TAKES_DOCUMENTS = ['opened', 'returned', 'evidenced', 'reviewed'];

/** The documents that a case rests on, opened beside it; who makes the case adds to them. */
export function CaseDocuments({ found }: { readonly found: CaseDetail }) {
  const say = useText(deskWords);
  const { caseId } = found;
  const procedures = useProcedures();
  const mayMake = useMayMake();
  const documents = useQuery({
    queryKey: ['case', caseId, 'documents', found.evidence],
    queryFn: () => answered(office.GET('/api/cases/{caseId}/documents', { params: { path: { caseId } } })),
  });
  if (documents.isError) return <Failed error={documents.error} retry={() => void documents.refetch()} />;
  if (documents.isPending || procedures.isPending) return <Loading rows={2} />;
  const procedure = procedures.data?.find((each) => each.name === found.procedure);
  return (
    <>
      <h3 className="why-heading">{say('documents')}</h3>
      {documents.data.length === 0 ? <p className="record-note">{say('noDocument')}</p> : null}
      <ul className="documents">
        {documents.data.map((each) => (
          <Document key={each.documentId} caseId={caseId} document={each} kinds={procedure?.documents ?? []} />
        ))}
      </ul>
      {procedure !== undefined && mayMake(procedure) && TAKES_DOCUMENTS.includes(found.status) ? (
        <AddDocument found={found} procedure={procedure} />
      ) : null}
    </>
  );
}

function Document(props: {
  readonly caseId: string;
  readonly document: CaseDocument;
  readonly kinds: readonly { readonly kind: string; readonly zh: string; readonly en: string }[];
}) {
  const { caseId, document, kinds } = props;
  const say = useText(deskWords);
  const name = useNames();
  const [isOpen, setOpen] = useState(false);
  const kind = kinds.find((each) => each.kind === document.kind);
  const { documentId, fileName, bytes = 0, sha256 } = document;
  return (
    <li>
      <div>{kind === undefined ? document.kind : name(kind)}</div>
      {fileName === undefined ? (
        <div className="record-note">{say('fileElsewhere', { hash: sha256.slice(0, 12) })}</div>
      ) : (
        <Space wrap>
          <span className="document-name">{fileName}</span>
          <span className="record-note">{count(Math.ceil(bytes / 1024))} kB</span>
          {isShown(document) ? (
            <Button size="small" icon={<EyeOutlined />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {say(isOpen ? 'closeFile' : 'look')}
            </Button>
          ) : null}
          <DownloadButton
            label={say('download')}
            what={fileName}
            path={`/api/cases/${caseId}/documents/${documentId}/file`}
          />
        </Space>
      )}
      {isOpen ? <DocumentView caseId={caseId} document={document} /> : null}
    </li>
  );
}
