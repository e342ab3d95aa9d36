import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/copy-text.ts';

interface CopyableCodeProps {
  text: string;
  /** Of the button. */
  label?: string;
  /** The text with a part of it marked. */
  children?: ReactNode;
}

/** An identifier in monospace with a button that copies it. */
export function CopyableCode({ text, label, children = text }: CopyableCodeProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    if (await copyText(text)) {
      setCopied(true);
      setTimeout(() => setCopied(false), 2_000);
      message.success(t('common.action.copied'));
    }
  };
  return (
    <span className="om-copyable">
      <code title={text}>{children}</code>
      <button
        type="button"
        className="om-icon-button"
        aria-label={label ?? t('common.action.copy')}
        onClick={copy}
      >
        {isCopied ? <CheckOutlined /> : <CopyOutlined />}
      </button>
    </span>
  );
}
