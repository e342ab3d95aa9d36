import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../lib/copy-text.ts';

/** Copies a text, and says so. */
export function CopyButton({ text, label }: { text: string; label?: string | undefined }) {
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
    <button
      type="button"
      className="om-icon-button"
      aria-label={label ?? t('common.action.copy')}
      onClick={copy}
    >
      {isCopied ? <CheckOutlined /> : <CopyOutlined />}
    </button>
  );
}
