import { verifyConsistency } from '@provident/verifier';
import { Alert, Button, Flex, Select, Typography } from 'antd';
import { useId, useState } from 'react';
import { answered, office } from '../../api/client.js';
import { Refused } from '../../api/problem.js';
import { count } from '../../format/money.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import type { Checkpoint } from './checkpoints.js';

type Verdict =
  | { readonly older: string; readonly newer: string; readonly witnesses: readonly string[] }
  | { readonly why: string };

/** Whether a later log begins with an earlier one: proven by the service, verified here by the stand-alone verifier. */
export function ConsistencyCheck({ checkpoints }: { readonly checkpoints: readonly Checkpoint[] }) {
  const say = useText(supervisionWords);
  const [older, setOlder] = useState(checkpoints.at(-1)?.size);
  const [newer, setNewer] = useState(checkpoints[0]?.size);
  const [verdict, setVerdict] = useState<Verdict>();
  const [error, setError] = useState<unknown>();
  const check = async (): Promise<void> => {
    setVerdict(undefined);
    setError(undefined);
    try {
      setVerdict(await verdictOn(older ?? 0, newer ?? 0));
    } catch (refusal) {
      setError(refusal);
    }
  };
  return (
    <section>
      <Typography.Title level={2} className="section-title">
        {say('consistency')}
      </Typography.Title>
      <Typography.Paragraph>{say(checkpoints.length < 2 ? 'chooseTwo' : 'consistencyText')}</Typography.Paragraph>
      {checkpoints.length < 2 ? null : (
        <Flex wrap gap={16} align="center">
          <SizeField label={say('older')} value={older} onChange={setOlder} checkpoints={checkpoints} />
          <SizeField label={say('newer')} value={newer} onChange={setNewer} checkpoints={checkpoints} />
          <Button type="primary" onClick={() => void check()}>
            {say('check')}
          </Button>
        </Flex>
      )}
      <div className="verdict" role="status">
        {verdict === undefined ? null : <Told verdict={verdict} />}
      </div>
      {error === undefined ? null : <Failed error={error} />}
    </section>
  );
}

function Told({ verdict }: { readonly verdict: Verdict }) {
  const say = useText(supervisionWords);
  if ('why' in verdict) return <Alert type="error" showIcon title={say('inconsistent', verdict)} />;
  const { older, newer, witnesses } = verdict;
  const seen = witnesses.length === 0 ? undefined : say('witnessedBy', { names: witnesses.join('、') });
  return <Alert type="success" showIcon title={say('consistent', { older, newer })} description={seen} />;
}

/** Asks for proof and keys, and checks the one by the other; what the verifier refuses is the verdict, not an error. */
async function verdictOn(from: number, to: number): Promise<Verdict> {
  const [oldest, latest] = from < to ? [from, to] : [to, from];
  const query = { from: String(oldest), to: String(latest) };
  const proof = await answered(office.GET('/api/supervision/proofs/consistency', { params: { query } }));
  const keys = await answered(office.GET('/api/supervision/keys'));
  const witnesses = await answered(office.GET('/api/supervision/witnesses'));
  try {
    const all = [...keys, ...witnesses].map(({ key }) => key);
    const { older, newer } = await verifyConsistency(proof.older.note, proof.text, all);
    // Only signatures that were checked are told: a witness is named by his key.
    const cosigned = newer.signers.filter(({ kind }) => kind === 'witness').map(({ name, id }) => `${name}+${id}+`);
    const seen = witnesses.filter(({ key }) => cosigned.some((each) => key.startsWith(each)));
    return {
      ...{ older: count(older.size), newer: count(newer.size) },
      witnesses: seen.map(({ institution }) => institution),
    };
  } catch (refusal) {
    if (refusal instanceof Refused) throw refusal;
    return { why: refusal instanceof Error ? refusal.message : String(refusal) };
  }
}

function SizeField(props: {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (size: number) => void;
  readonly checkpoints: readonly Checkpoint[];
}) {
  const { label, value, onChange, checkpoints } = props;
  const id = useId();
  return (
    <Flex gap={8} align="center">
      <label htmlFor={id}>{label}</label>
      <Select<number>
        id={id}
        {...(value === undefined ? {} : { value })}
        onChange={onChange}
        options={checkpoints.map(({ size }) => ({ value: size, label: count(size) }))}
        className="size-field"
      />
    </Flex>
  );
}
