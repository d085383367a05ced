import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { answered, office } from '../../api/client.js';
import { deskWords } from '../../i18n/desk.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading } from '../../shell/states.js';
import type { CaseDocument } from './case-documents.js';
import { isQuietPdf } from './quiet-pdf.js';

/*
 * What strangers sent is shown only as what cannot act: pictures, text, and PDF that holds nothing which acts, in the
 * browser's own viewer, which keeps it apart from the page. The type is one of this list and was found in the file's own bytes by the office; whatever else a
 * file may be, it is only downloaded.
 */
const SHOWN: Readonly<Record<string, 'picture' | 'pdf' | 'text'>> = {
  'image/png': 'picture',
  'image/jpeg': 'picture',
  'application/pdf': 'pdf',
  'text/csv': 'text',
};
const MOST_CHARACTERS = 200_000;

export const isShown = ({ mediaType }: CaseDocument): boolean =>
  mediaType !== undefined && Object.hasOwn(SHOWN, mediaType);

export function DocumentView({ caseId, document }: { readonly caseId: string; readonly document: CaseDocument }) {
  const say = useText(deskWords);
  const { documentId, fileName = '' } = document;
  const mediaType: string = document.mediaType ?? '';
  const file = useQuery({
    queryKey: ['document', caseId, documentId],
    queryFn: async () => {
      const params = { path: { caseId, documentId } };
      const sent = office.GET('/api/cases/{caseId}/documents/{documentId}/file', { params, parseAs: 'arrayBuffer' });
      const bytes = await answered(sent);
      const isQuiet = mediaType !== 'application/pdf' || (await isQuietPdf(new Uint8Array(bytes)));
      return { bytes, isQuiet };
    },
    staleTime: Infinity,
    gcTime: 0,
  });
  if (file.isError) return <Failed error={file.error} retry={() => void file.refetch()} />;
  if (file.isPending) return <Loading rows={4} />;
  const { bytes, isQuiet } = file.data;
  if (!isQuiet) return <Alert type="warning" showIcon title={say('fileActs')} />;
  if (SHOWN[mediaType] === 'text') {
    return (
      <pre className="document-text" tabIndex={0} aria-label={fileName}>
        {textOf(bytes).slice(0, MOST_CHARACTERS)}
      </pre>
    );
  }
  return <Framed bytes={bytes} mediaType={mediaType} name={fileName} />;
}

function Framed(props: { readonly bytes: ArrayBuffer; readonly mediaType: string; readonly name: string }) {
  const { bytes, mediaType, name } = props;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type: mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mediaType]);
  if (address === undefined) return null;
  if (SHOWN[mediaType] === 'picture') return <img className="document-picture" src={address} alt={name} />;
  return <iframe className="document-frame" src={address} title={name} />;
}

/** Chinese offices send both encodings. */
function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
