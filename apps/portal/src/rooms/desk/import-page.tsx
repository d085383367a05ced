import { DownloadOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Alert, Button, Form, Input, Segmented, Space, Typography, Upload } from 'antd';
import { useState } from 'react';
import { count } from '../../format/money.js';
import { deskWords } from '../../i18n/desk.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { FaultRows } from './fault-rows.js';
import { checkFile, type Destination, fetchMarked, type SheetCheck, takeFile } from './send-file.js';

interface Looked {
  readonly to: Destination;
  readonly file: File;
  readonly check: SheetCheck;
}

/** A file is chosen, looked at, and taken in; what is wrong with it stands in its own rows. */
export function ImportPage() {
  const say = useText(deskWords);
  const [kind, setKind] = useState<Destination['kind']>('declaration');
  const [form] = Form.useForm<{ creditCode: string; month: string }>();
  const looking = useMutation({
    mutationFn: async ({ to, file }: Omit<Looked, 'check'>): Promise<Looked> => ({
      ...{ to, file },
      check: await checkFile(to, file),
    }),
  });
  const choose = async (file: File): Promise<void> => {
    const valid = await form.validateFields().catch(() => undefined);
    if (valid === undefined && kind === 'declaration') return;
    const to: Destination = kind === 'declaration' ? { kind, ...form.getFieldsValue() } : { kind };
    looking.mutate({ to, file });
  };
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('importTitle')}
      </Typography.Title>
      <p className="record-note">{say('importText')}</p>
      <Segmented
        aria-label={say('kind')}
        value={kind}
        options={(['declaration', 'receipts', 'employers', 'people'] as const).map((value) => ({
          value,
          label: say(value),
        }))}
        onChange={(chosen) => {
          setKind(chosen);
          looking.reset();
        }}
      />
      <Form form={form} layout="vertical" className="import-form">
        {kind === 'declaration' ? (
          <>
            <Form.Item
              name="creditCode"
              label={say('creditCode')}
              rules={[{ required: true, len: 18, message: say('needed') }]}
            >
              <Input maxLength={18} />
            </Form.Item>
            <Form.Item
              name="month"
              label={say('month')}
              rules={[{ required: true, pattern: /^\d{4}-(0[1-9]|1[0-2])$/, message: 'YYYY-MM' }]}
            >
              <Input placeholder="2025-07" />
            </Form.Item>
          </>
        ) : null}
        <Upload
          accept=".csv,.xlsx"
          showUploadList={false}
          beforeUpload={(file) => {
            void choose(file);
            return false;
          }}
        >
          <Button icon={<UploadOutlined />} loading={looking.isPending}>
            {say(looking.data === undefined ? 'file' : 'again')}
          </Button>
        </Upload>
      </Form>
      <div aria-live="polite">
        {looking.isError ? <Failed error={looking.error} /> : null}
        {looking.data === undefined ? null : <Found key={looking.data.file.lastModified} looked={looking.data} />}
      </div>
    </>
  );
}

function Found({ looked: { to, file, check } }: { readonly looked: Looked }) {
  const say = useText(deskWords);
  const { message } = App.useApp();
  const taking = useMutation({ mutationFn: (goodRowsOnly: boolean) => takeFile(to, file, goodRowsOnly) });
  const marking = useMutation({
    mutationFn: () => fetchMarked(to, file),
    onSuccess: (name) => void message.success(say('fetched', { name })),
  });
  const isClean = check.faults === 0;
  return (
    <>
      <Alert
        type={isClean ? 'success' : 'warning'}
        showIcon
        className="import-outcome"
        title={`${file.name}: ${isClean ? say('clean') : ''} ${say('checked', {
          good: count(check.goodRows),
          faults: count(check.faults),
        })}`}
      />
      <Space wrap className="import-actions">
        {isClean ? (
          <Button
            type="primary"
            loading={taking.isPending}
            disabled={taking.isSuccess}
            onClick={() => taking.mutate(false)}
          >
            {say('take')}
          </Button>
        ) : (
          <>
            <Button icon={<DownloadOutlined />} loading={marking.isPending} onClick={() => marking.mutate()}>
              {say('marked')}
            </Button>
            <Button
              loading={taking.isPending}
              disabled={taking.isSuccess || check.goodRows === 0}
              onClick={() => taking.mutate(true)}
            >
              {say('takeGood')}
            </Button>
          </>
        )}
      </Space>
      {marking.isError ? <Failed error={marking.error} /> : null}
      {taking.isError ? <Failed error={taking.error} /> : null}
      {taking.data === undefined ? null : (
        <Alert
          type={taking.data.faults === 0 ? 'success' : 'warning'}
          showIcon
          title={say('taken', { rows: count(taking.data.rows), faults: count(taking.data.faults) })}
        />
      )}
      {isClean ? null : <FaultRows check={check} />}
    </>
  );
}
