import { UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Space, Upload } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import type { CaseDetail } from './case-page.js';
import { sendFile } from './send-file.js';
import type { Procedure } from './use-procedures.js';

type Taken = components['schemas']['CaseAnswer'];

/** A document of one of the procedure's kinds, with its file; a case that was given back is handed in again. */
export function AddDocument({ found, procedure }: { readonly found: CaseDetail; readonly procedure: Procedure }) {
  const say = useText(deskWords);
  const name = useNames();
  const queries = useQueryClient();
  const { caseId } = found;
  const [kind, setKind] = useState(procedure.documents[0]?.kind ?? '');
  const shown = async ({ position }: Pick<Taken, 'position'>): Promise<void> => {
    // What is asked next includes this step.
    await answered(
      office.GET('/api/desk/cases/{caseId}', { params: { path: { caseId }, query: { atLeast: position } } }),
    );
    await queries.invalidateQueries({ queryKey: ['case', caseId] });
  };
  const adding = useMutation({
    mutationFn: async (file: File) => {
      const query = new URLSearchParams({ kind });
      return (
        await sendFile(`/api/cases/${caseId}/documents/files?${query.toString()}`, file, file.name.slice(-200))
      ).json() as Promise<Taken>;
    },
    onSuccess: shown,
  });
  const handing = useMutation({
    mutationFn: () =>
      answered(office.POST('/api/cases/{caseId}/resubmissions', { params: { path: { caseId } }, body: {} })),
    onSuccess: shown,
  });
  return (
    <section className="add-document" aria-label={say('addDocument')}>
      <h3 className="why-heading">{say('addDocument')}</h3>
      <Space wrap>
        <select
          className="plain-select"
          aria-label={say('documentKind')}
          value={kind}
          onChange={({ target }) => setKind(target.value)}
        >
          {procedure.documents.map((each) => (
            <option key={each.kind} value={each.kind}>
              {name(each)}
            </option>
          ))}
        </select>
        <Upload
          accept=".pdf,.png,.jpg,.jpeg,.csv,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            adding.mutate(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={adding.isPending}>
            {say('chooseFile')}
          </Button>
        </Upload>
        {found.status === 'returned' ? (
          <Button type="primary" loading={handing.isPending} onClick={() => handing.mutate()}>
            {say('handInAgain')}
          </Button>
        ) : null}
      </Space>
      {adding.isError ? <Failed error={adding.error} /> : null}
      {handing.isError ? <Failed error={handing.error} /> : null}
    </section>
  );
}
