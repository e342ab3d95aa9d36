import type { CallbackSource } from '@orgmirror/contracts';
import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../../components/copyable-code.tsx';
import { Notice } from '../../../components/notice.tsx';
import { useReturnFocus } from '../../../lib/use-return-focus.ts';

/** What the server answers once. */
export interface GeneratedKeys {
  source: CallbackSource;
  url: string;
  token: string;
  encodingAesKey: string;
}

/** The generated values, shown this once, with where to enter them. */
export function KeysDialog({ keys, onClose }: { keys: GeneratedKeys; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const where = t(`events.endpoint.where.${keys.source}`);
  return (
    <Modal
      open
      title={t('events.endpoint.once.title')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('events.endpoint.once.done')}
        </Button>
      }
    >
      <Notice tone="warning" title={t('events.endpoint.once.detail')} />
      <p>{t('events.endpoint.once.steps', { where })}</p>
      <dl className="om-keys">
        <dt>URL</dt>
        <dd>
          <CopyableCode text={keys.url} label={t('events.endpoint.copyUrl')} />
        </dd>
        <dt>{t('events.endpoint.token')}</dt>
        <dd>
          <CopyableCode text={keys.token} label={t('events.endpoint.once.copyToken')} />
        </dd>
        <dt>{t('events.endpoint.aesKey')}</dt>
        <dd>
          <CopyableCode text={keys.encodingAesKey} label={t('events.endpoint.once.copyKey')} />
        </dd>
      </dl>
    </Modal>
  );
}
