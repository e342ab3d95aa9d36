import { Select } from 'antd';
import { useId } from 'react';

export interface SelectControlProps {
  /** Accessible name, where no label element gives one. */
  label?: string;
  /** Of the label's element; handed over by a form, as are the next two. */
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
  options: readonly { value: string; label: string }[];
  disabled?: boolean;
  size?: 'small';
}

/** More options than one sees at a glance can be searched by typing. */
const searchedFrom = 12;

/** antd's select, which is told apart by name and value without being seen. */
export function SelectControl({ label, id, value, options, onChange, ...rest }: SelectControlProps) {
  const ownId = useId();
  const chosen = options.find((option) => option.value === value)?.label.trim(); // without its indent in the list
  return (
    <Select<string>
      {...rest}
      id={id ?? ownId}
      {...(value !== undefined && { value })}
      {...(onChange && { onChange })}
      {...(label !== undefined && { 'aria-label': label })}
      // antd draws what is chosen beside its field, where a screen reader does not find it.
      aria-description={chosen}
      labelRender={({ label: stored }) => chosen ?? stored}
      className="om-select"
      options={[...options]}
      showSearch={options.length >= searchedFrom && { optionFilterProp: 'label' }}
      virtual={false} // a screen reader knows all options, and there are a hundred at most
      popupMatchSelectWidth={false}
    />
  );
}
