import { Button, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyableCode } from '../../components/copyable-code.tsx';
import { formatMoment } from '../../lib/format.ts';
import type { IssuedLink } from './issued-link.ts';

/** The link for the owner of an account, in sight until it is closed, and never again. */
export function LinkDialog({ issued, onClose }: { issued: IssuedLink | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open={issued !== null}
      title={t('administrators.link.title', { name: issued?.username ?? '' })}
      onCancel={onClose}
      mask={{ closable: false }}
      destroyOnHidden
      footer={
        <Button type="primary" onClick={onClose}>
          {t('administrators.link.done')}
        </Button>
      }
    >
      {issued !== null && (
        <>
          <p>{t('administrators.link.detail')}</p>
          <p className="om-reset-link">
            <CopyableCode text={issued.link.url} label={t('administrators.link.copy')} />
          </p>
          <p className="om-small-print">
            {t('administrators.link.until', { when: formatMoment(issued.link.expiresAt) })}
          </p>
        </>
      )}
    </Modal>
  );
}
