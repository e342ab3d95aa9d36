import type { SessionSummary } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { SkeletonRows } from '../../components/skeleton-rows.tsx';
import { endMySession, endMySessions, listMySessions } from '../../lib/api/me.ts';
import { formatExact } from '../../lib/format.ts';
import { endSession } from '../../lib/http/end-session.ts';
import { getProblemTitle } from '../../lib/http/problem-error.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import { describeDevice } from './describe-device.ts';

const sessionsQuery = (cursor: string | undefined) => {
  const query = { limit: 20, ...(cursor !== undefined && { cursor }) };
  return queryOptions({
    queryKey: ['me', 'sessions', query],
    queryFn: ({ signal }) => listMySessions({ query }, signal),
    placeholderData: keepPreviousData,
  });
};

/** 登录设备: my sessions, each with a button to revoke it. */
export function SessionsCard() {
  const { t } = useTranslation();
  const pages = useCursorPages('');
  const query = useQuery(sessionsQuery(pages.cursor));
  return (
    <section className="om-card" aria-labelledby="om-sessions-title">
      <h2 id="om-sessions-title">{t('me.section.sessions')}</h2>
      <p className="om-me-note">{t('me.sessions.intro')}</p>
      <QueryContent query={query} skeleton={<SkeletonRows count={3} />}>
        {({ items, nextCursor }) => (
          <>
            <ul className="om-me-list om-sessions">
              {items.map((session) => (
                <SessionItem key={session.id} session={session} />
              ))}
            </ul>
            {(nextCursor !== null || pages.page > 1) && <PagesPager pages={pages} nextCursor={nextCursor} />}
          </>
        )}
      </QueryContent>
      <div className="om-me-foot">
        <EndAllButton />
      </div>
    </section>
  );
}

function SessionItem({ session }: { session: SessionSummary }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endMySession({ params: { id: session.id } }),
    onSuccess: () => {
      message.success(t('me.sessions.ended'));
      return client.invalidateQueries({ queryKey: ['me', 'sessions'] });
    },
  });
  const { current, createdAt, lastSeenAt, expiresAt, ip, userAgent } = session;
  return (
    <li>
      <div>
        <div className="om-session-name" {...(userAgent !== null && { title: userAgent })}>
          {describeDevice(t, userAgent)}{' '}
          {current && <span className="om-tag om-tag-success">{t('me.sessions.current')}</span>}
        </div>
        <div className="om-small-print om-session-facts">
          <span>
            {t('me.sessions.lastSeen')} <RelativeTime instant={lastSeenAt} />
          </span>
          <span>
            {t('me.sessions.since')} <RelativeTime instant={createdAt} />
          </span>
          <span>
            {t('me.sessions.expires')} {formatExact(expiresAt)}
          </span>
          {ip !== null && <code>{ip}</code>}
        </div>
        {end.isError && <ProblemNotice error={end.error} />}
      </div>
      {!current && (
        <Button size="small" onClick={() => end.mutate()} loading={end.isPending}>
          {t('me.sessions.end')}
        </Button>
      )}
    </li>
  );
}

function EndAllButton() {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const endAll = useMutation({
    mutationFn: () => endSession(() => endMySessions({})),
    onError: (error) => message.error(getProblemTitle(error) ?? t('common.error.network.title')),
  });
  const confirmEndAll = () =>
    modal.confirm({
      title: t('me.sessions.endAllTitle'),
      content: t('me.sessions.endAllEffect'),
      okText: t('me.sessions.endAll'),
      okButtonProps: { danger: true },
      onOk: () => endAll.mutate(),
    });
  return (
    <Button size="small" onClick={confirmEndAll} loading={endAll.isPending}>
      {t('me.sessions.endAll')}
    </Button>
  );
}
