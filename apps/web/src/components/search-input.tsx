import { SearchOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useIsLeaving } from '../lib/use-is-leaving.ts';
import { useSearchText } from '../lib/use-search-text.ts';

interface SearchInputProps {
  /** What the box is for; shown while it is empty and read out as its name. */
  label: string;
  value: string;
  onSettled: (text: string) => void;
  /** Pause in typing before the text is reported. */
  delayMs?: number;
  className?: string;
  /** Whether `/` puts the cursor here. */
  isPageSearch?: boolean;
}

const maxLength = 200; // as the server takes it

/** A search box that reports what was typed after a pause, and loses no letter when the report comes back. */
export function SearchInput({
  label,
  value,
  onSettled,
  delayMs = 300,
  className,
  isPageSearch = true,
}: SearchInputProps) {
  const { text, type, setComposing, settle } = useSearchText({
    value,
    onSettled,
    delayMs,
    isLeaving: useIsLeaving(),
  });
  return (
    <Input
      allowClear
      {...(className !== undefined && { className })}
      prefix={<SearchOutlined aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      maxLength={maxLength}
      data-page-search={isPageSearch || undefined}
      value={text}
      onChange={(event) => type(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onPressEnter={settle}
    />
  );
}
