import type { AuthScope } from '@orgmirror/contracts';
import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { ScopeChoice } from './scope-choice.tsx';

export interface AuthFormValues {
  name: string;
  description: string;
  scope: AuthScope;
  /** '' = the server's own public one. */
  returnOrigin: string;
}

export const fieldNames = ['name', 'description', 'scope', 'returnOrigin'] as const;

const isOrigin = (text: string) => {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
};

/** 名称, 描述, 授权范围 and, for special cases, the return origin. */
export function AuthFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="name"
        label={t('authentication.drawer.name')}
        extra={t('authentication.drawer.nameHelp')}
        validateTrigger="onBlur"
        rules={[{ required: true, whitespace: true, message: t('authentication.drawer.nameRequired') }]}
      >
        <Input maxLength={64} autoComplete="off" />
      </Form.Item>
      <Form.Item name="description" label={t('authentication.drawer.description')}>
        <Input maxLength={500} autoComplete="off" />
      </Form.Item>
      <Form.Item name="scope" label={t('authentication.drawer.scope')}>
        <ScopeChoice />
      </Form.Item>
      <details className="om-advanced">
        <summary>{t('authentication.drawer.advanced')}</summary>
        <Form.Item
          name="returnOrigin"
          label={t('authentication.drawer.returnOrigin')}
          extra={t('authentication.drawer.returnOriginHelp')}
          validateTrigger="onBlur"
          rules={[
            {
              validator: async (_, value: string | undefined) => {
                const text = value?.trim() ?? '';
                if (text !== '' && !isOrigin(text))
                  throw new Error(t('authentication.drawer.returnOriginFormat'));
              },
            },
          ]}
        >
          <Input className="om-mono" maxLength={300} autoComplete="off" spellCheck={false} />
        </Form.Item>
      </details>
    </>
  );
}
