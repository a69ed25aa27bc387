import { TimePicker } from 'antd';
import dayjs from 'dayjs';

interface Props {
  value?: string;
  onChange?: (time: string | undefined) => void;
  id?: string;
  disabled?: boolean;
  'aria-label'?: string;
}

/** A time of the day as `HH:mm`, typed or picked; the browser's own field would follow its language to AM and PM. */
export function ClockInput({ value, onChange, id, disabled, ...aria }: Props) {
  const time = value ? dayjs(`2000-01-01T${value}`) : null;
  return (
    <TimePicker
      {...(id ? { id } : {})}
      {...(disabled === undefined ? {} : { disabled })}
      {...aria}
      value={time?.isValid() ? time : null}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      allowClear={false}
      placeholder="--:--"
      style={{ width: 96 }}
      onChange={(picked) => onChange?.(picked?.format('HH:mm'))}
    />
  );
}
