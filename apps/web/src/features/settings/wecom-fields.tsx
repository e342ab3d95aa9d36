import type { WecomSettings } from '@orgmirror/contracts';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { formatExact } from '../../lib/format.ts';

/** What the form holds; an empty secret keeps the saved one. */
export interface WecomFormValues {
  corpId: string;
  agentId: string;
  secret: string;
}

/** 企业 ID, 应用 ID, 应用密钥, each with the place where the WeCom console shows it. */
export function WecomFields({ settings }: { settings: WecomSettings }) {
  const { t } = useTranslation();
  const require = (field: string) => ({
    required: true,
    whitespace: true,
    message: t('settings.drawer.required', { field }),
  });
  const secretKept =
    settings.secretUpdatedAt === null
      ? t('settings.drawer.secretKeptUndated')
      : t('settings.drawer.secretKept', { when: formatExact(settings.secretUpdatedAt) });
  return (
    <>
      <Form.Item
        name="corpId"
        label={t('settings.drawer.corpId')}
        extra={t('settings.drawer.corpIdHelp')}
        validateTrigger="onBlur"
        rules={[
          require(t('settings.drawer.corpId')),
          { pattern: /^\s*[\w-]{1,64}\s*$/, message: t('settings.drawer.corpIdFormat') },
        ]}
      >
        <Input className="om-mono" autoComplete="off" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item
        name="agentId"
        label={t('settings.drawer.agentId')}
        extra={t('settings.drawer.agentIdHelp')}
        validateTrigger="onBlur"
        rules={[
          require(t('settings.drawer.agentId')),
          { pattern: /^\s*\d{1,15}\s*$/, message: t('settings.drawer.agentIdFormat') },
        ]}
      >
        <Input className="om-mono" autoComplete="off" inputMode="numeric" maxLength={15} />
      </Form.Item>
      <Form.Item
        name="secret"
        label={t('settings.drawer.secret')}
        extra={t('settings.drawer.secretHelp')}
        validateTrigger="onBlur"
        rules={[
          ...(settings.secretSet ? [] : [require(t('settings.drawer.secret'))]),
          { pattern: /^\s*[\x21-\x7e]*\s*$/, message: t('settings.drawer.secretFormat') },
        ]}
      >
        <Input.Password
          className="om-mono"
          autoComplete="new-password"
          maxLength={512}
          {...(settings.secretSet && { placeholder: secretKept })}
        />
      </Form.Item>
    </>
  );
}
