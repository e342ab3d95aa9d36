import { BellOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SkeletonRows } from '../components/skeleton-rows.tsx';
import { noticeStateQuery } from '../entities/notices/notice-queries.ts';
import { loadPageTexts } from '../i18n/language.ts';

// Its code and texts come when it is first opened.
const NoticePanel = lazy(async () => {
  const [{ NoticePanel }] = await Promise.all([
    import('../features/notices/notice-panel.tsx'),
    loadPageTexts('notices'),
  ]);
  return { default: NoticePanel };
});

const maxShown = 99;

/** The bell in the header with the number of notices that the user has not seen. */
export function NoticeBell() {
  const { t } = useTranslation();
  const { data } = useQuery(noticeStateQuery);
  const [isOpen, setOpen] = useState(false);
  const count = data?.unread ?? 0;
  const close = () => setOpen(false);
  return (
    <span className="om-bell">
      <Button
        type="text"
        icon={<BellOutlined />}
        aria-label={count > 0 ? t('shell.notices.unread', { count }) : t('shell.notices.title')}
        onClick={() => setOpen(true)}
      />
      {count > 0 && (
        <span className="om-bell-count" aria-hidden="true">
          {count > maxShown ? `${maxShown}+` : count}
        </span>
      )}
      <Drawer title={t('shell.notices.title')} size={440} open={isOpen} onClose={close} destroyOnHidden>
        <Suspense fallback={<SkeletonRows />}>
          <NoticePanel onLeave={close} />
        </Suspense>
      </Drawer>
    </span>
  );
}
