import { Typography } from 'antd';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { PensionCalculator } from './pension-calculator.js';
import { RetirementCalculator } from './retirement-calculator.js';
import { useRecord, useYears } from './use-record.js';

/** What a person may expect, by the statutory formulas and his own record. */
export function Calculators() {
  const say = useText(statementWords);
  const years = useYears();
  const record = useRecord(years.data?.years[0]?.year);
  if (years.isError) return <Failed error={years.error} retry={() => void years.refetch()} />;
  if (record.isError) return <Failed error={record.error} retry={() => void record.refetch()} />;
  if (years.data?.years.length === 0) return <Nothing>{say('noRecord')}</Nothing>;
  if (record.data === undefined) return <Loading />;
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('calculators')}
      </Typography.Title>
      <div className="calculators">
        <RetirementCalculator statement={record.data} />
        <PensionCalculator statement={record.data} />
      </div>
    </>
  );
}
