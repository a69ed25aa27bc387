import { Button, Input } from 'antd';
import { commonTexts } from '../i18n/common.js';
import { useText } from '../i18n/index.js';

interface SearchProps {
  value: string | undefined;
  placeholder: string;
  /** Of the field, in pixels. */
  width: number;
  maxLength: number;
  onSearch: (text: string) => void;
}

/** A text to search by, asked for when Enter is pressed. It follows the address, so the back button empties it too. */
export function SearchFilter({ value = '', placeholder, width, maxLength, onSearch }: SearchProps) {
  return (
    <Input.Search
      key={value}
      defaultValue={value}
      placeholder={placeholder}
      aria-label={placeholder}
      allowClear
      maxLength={maxLength}
      style={{ width }}
      onSearch={(text) => onSearch(text.trim())}
    />
  );
}

/** Takes all filters out, while there are any. */
export function ResetFilters({ anySet, onReset }: { anySet: boolean; onReset: () => void }) {
  const c = useText(commonTexts);
  return anySet ? (
    <Button type="link" onClick={onReset}>
      {c('reset')}
    </Button>
  ) : null;
}
