import { InputNumber, Select, Space } from 'antd';
import { useState } from 'react';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

const UNITS = { minutes: 1, hours: 60, days: 1440 } as const;
type Unit = keyof typeof UNITS;

/** The largest unit in which a number of minutes is whole. */
const unitOf = (minutes: number): Unit =>
  minutes === 0 ? 'minutes' : minutes % 1440 === 0 ? 'days' : minutes % 60 === 0 ? 'hours' : 'minutes';

interface Props {
  value?: number;
  onChange?: (minutes: number | null) => void;
  id?: string;
  /** In minutes. */
  max: number;
  min?: number;
  disabled?: boolean;
}

/** Minutes as people say them: 2 hours, 1 day. */
export function MinutesInput({ value, onChange, id, max, min = 0, disabled }: Props) {
  const t = useText(commonTexts);
  const [chosen, setChosen] = useState<Unit | null>(null);
  const unit = chosen ?? unitOf(value ?? 0);
  const per = UNITS[unit];
  return (
    <Space.Compact>
      <InputNumber
        {...(id ? { id } : {})}
        {...(disabled === undefined ? {} : { disabled })}
        value={value === undefined ? null : value / per}
        min={Math.ceil(min / per)}
        max={Math.floor(max / per)}
        {...(unit === 'minutes' ? { precision: 0 } : { step: 0.5 })}
        style={{ width: 88 }}
        onChange={(count) => onChange?.(count === null ? null : Math.round(Number(count) * per))}
      />
      <Select<Unit>
        value={unit}
        {...(disabled === undefined ? {} : { disabled })}
        aria-label={t(unit)}
        style={{ width: 112 }}
        options={(Object.keys(UNITS) as Unit[]).map((key) => ({ value: key, label: t(key) }))}
        onChange={(next) => {
          setChosen(next);
          if (value !== undefined) onChange?.(Math.min((value / per) * UNITS[next], max));
        }}
      />
    </Space.Compact>
  );
}
