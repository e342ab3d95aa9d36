import type { NoticeChannel, NoticeSettings } from '@orgmirror/contracts';
import { noticeKinds } from '@orgmirror/contracts/notice-texts';
import { Button, Form, type FormInstance, Input, InputNumber, Switch } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TimeInput } from '../../../components/date-inputs.tsx';
import { Select } from '../../../components/select.tsx';
import { ToggleChips } from '../../../components/toggle-chips.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { generateWebhookSecret, type NoticeFormValues } from './notice-form.ts';
import { RecipientPicker } from './recipient-picker.tsx';
import { TestButton } from './test-button.tsx';

interface PartProps {
  settings: NoticeSettings;
  entered: NoticeFormValues;
  /** Whether something is not saved yet: a test goes by what is saved. */
  isChanged: boolean;
}

interface CardProps {
  title: string;
  help?: string;
  children: ReactNode;
  actions?: ReactNode;
}

function Card({ title, help, children, actions }: CardProps) {
  return (
    <section className="om-card" aria-label={title}>
      <div className="om-card-head om-notice-head">
        <h2>{title}</h2>
        {actions}
      </div>
      <div className="om-card-body">
        {help !== undefined && <p className="om-guard-intro">{help}</p>}
        {children}
      </div>
    </section>
  );
}

/** A channel with its switch and its test. */
function ChannelCard({
  channel,
  enabledName,
  kindsName,
  help,
  isChanged,
  isSaved,
  children,
}: {
  channel: NoticeChannel;
  enabledName: 'wecomEnabled' | 'emailEnabled' | 'webhookEnabled';
  kindsName: 'wecomKinds' | 'emailKinds' | 'webhookKinds';
  help: string;
  isChanged: boolean;
  /** Whether there is something to test by. */
  isSaved: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const isAdmin = useIsAdmin();
  const name = t(`notices.channel.${channel}`);
  return (
    <Card
      title={name}
      help={help}
      actions={
        <Form.Item name={enabledName} valuePropName="checked" noStyle>
          <Switch aria-label={t('notices.on', { channel: name })} />
        </Form.Item>
      }
    >
      {children}
      <Form.Item name={kindsName} label={t('notices.kindsLabel')}>
        <ToggleChips
          label={t('notices.kindsOf', { channel: name })}
          isDisabled={!isAdmin}
          options={noticeKinds.map((kind) => ({ value: kind, label: t(`notices.kinds.${kind}`) }))}
        />
      </Form.Item>
      <TestButton channel={channel} isDisabled={isChanged || !isSaved} />
    </Card>
  );
}

/** Language and quiet hours. */
export function SendingFields({ settings, entered }: PartProps) {
  const { t } = useTranslation();
  const time = { pattern: /^([01]\d|2[0-3]):[0-5]\d$/, required: true, message: t('notices.timeFormat') };
  return (
    <Card title={t('notices.general')}>
      <div className="om-field-row">
        <Form.Item name="language" label={t('notices.language')}>
          <Select
            options={(['zh', 'en'] as const).map((value) => ({
              value,
              label: t(`notices.languages.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="isQuiet" label={t('notices.quiet')} valuePropName="checked">
          <Switch />
        </Form.Item>
        {entered.isQuiet && (
          <>
            <Form.Item name="quietFrom" label={t('notices.quietFrom')} rules={[time]}>
              <TimeInput className="om-time" />
            </Form.Item>
            <Form.Item name="quietTo" label={t('notices.quietTo')} rules={[time]}>
              <TimeInput className="om-time" />
            </Form.Item>
          </>
        )}
      </div>
      <p className="om-small-print">{t('notices.quietHelp', { timeZone: settings.timeZone })}</p>
    </Card>
  );
}

/** Message of the WeCom app. */
export function WecomFields({ settings, isChanged }: PartProps) {
  const { t } = useTranslation();
  return (
    <ChannelCard
      channel="wecom"
      enabledName="wecomEnabled"
      kindsName="wecomKinds"
      help={t('notices.wecomHelp')}
      isChanged={isChanged}
      isSaved={settings.wecom.userIds.length > 0}
    >
      <Form.Item name="userIds" label={t('notices.recipients')}>
        <RecipientPicker />
      </Form.Item>
    </ChannelCard>
  );
}

/** E-mail by SMTP. */
export function EmailFields({ settings, isChanged }: PartProps) {
  const { t } = useTranslation();
  const { email } = settings;
  return (
    <ChannelCard
      channel="email"
      enabledName="emailEnabled"
      kindsName="emailKinds"
      help={t('notices.emailHelp')}
      isChanged={isChanged}
      isSaved={email.host !== '' && email.to.length > 0}
    >
      <div className="om-field-row">
        <Form.Item name="host" label={t('notices.host')} className="om-field-wide">
          <Input className="om-mono" autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="port" label={t('notices.port')} rules={[{ required: true }]}>
          <InputNumber precision={0} min={1} max={65_535} />
        </Form.Item>
        <Form.Item name="security" label={t('notices.security')}>
          <Select
            options={(['tls', 'starttls', 'none'] as const).map((value) => ({
              value,
              label: t(`notices.securities.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      <div className="om-field-row">
        <Form.Item
          name="username"
          label={t('notices.username')}
          extra={t('notices.usernameHelp')}
          className="om-field-wide"
        >
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="password" label={t('notices.password')} className="om-field-wide">
          <Input.Password
            className="om-mono"
            autoComplete="new-password"
            {...(email.passwordSet && { placeholder: t('notices.kept') })}
          />
        </Form.Item>
      </div>
      <Form.Item name="from" label={t('notices.from')}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
      <Form.Item name="to" label={t('notices.to')} extra={t('notices.listHelp')}>
        <Input autoComplete="off" spellCheck={false} />
      </Form.Item>
    </ChannelCard>
  );
}

/** A signed POST to a server of the enterprise. */
export function WebhookFields({
  settings,
  isChanged,
  form,
}: PartProps & { form: FormInstance<NoticeFormValues> }) {
  const { t } = useTranslation();
  const { webhook } = settings;
  return (
    <ChannelCard
      channel="webhook"
      enabledName="webhookEnabled"
      kindsName="webhookKinds"
      help={t('notices.webhookHelp')}
      isChanged={isChanged}
      isSaved={webhook.url !== '' && webhook.secretSet}
    >
      <Form.Item name="url" label={t('notices.url')}>
        <Input className="om-mono" autoComplete="off" spellCheck={false} />
      </Form.Item>
      <div className="om-field-row">
        <Form.Item
          name="secret"
          label={t('notices.secret')}
          extra={t('notices.secretHelp')}
          className="om-field-wide"
        >
          <Input
            className="om-mono"
            autoComplete="off"
            spellCheck={false}
            {...(webhook.secretSet && { placeholder: t('notices.kept') })}
          />
        </Form.Item>
        <Button
          className="om-notice-generate"
          onClick={() => form.setFieldValue('secret', generateWebhookSecret())}
        >
          {t('notices.generate')}
        </Button>
      </div>
    </ChannelCard>
  );
}
