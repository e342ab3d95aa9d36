import type { Notice, NoticeDelivery } from '@orgmirror/contracts';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { PagesPager } from '../../components/cursor-pager.tsx';
import { PageState } from '../../components/page-state.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { RelativeTime } from '../../components/relative-time.tsx';
import { noticeStateQuery } from '../../entities/notices/notice-queries.ts';
import { listNotices, markNoticesRead } from '../../lib/api/notices.ts';
import { useCursorPages } from '../../lib/use-cursor-pages.ts';
import './notices.css';

const pageSize = 50;

/** What needed a person, newest first; opening it marks everything as seen. */
export function NoticePanel({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const [isUndeliveredOnly, setUndeliveredOnly] = useState(false);
  const { data: state } = useQuery(noticeStateQuery);
  const pages = useCursorPages(String(isUndeliveredOnly));
  const { cursor } = pages;
  const query = useQuery({
    queryKey: ['notices', 'list', isUndeliveredOnly, cursor],
    queryFn: ({ signal }) =>
      listNotices(
        {
          query: {
            limit: pageSize,
            ...(cursor !== undefined && { cursor }),
            ...(isUndeliveredOnly && { undelivered: 'true' }),
          },
        },
        signal,
      ),
    placeholderData: keepPreviousData,
  });
  useMarkRead(query.data?.items[0]);
  const undelivered = state?.undelivered ?? 0;
  return (
    <>
      {(undelivered > 0 || isUndeliveredOnly) && (
        <button
          type="button"
          className="om-link-button om-notice-filter"
          aria-pressed={isUndeliveredOnly}
          onClick={() => setUndeliveredOnly(!isUndeliveredOnly)}
        >
          {isUndeliveredOnly ? t('notices.showAll') : t('notices.undelivered', { count: undelivered })}
        </button>
      )}
      <QueryContent query={query}>
        {({ items, nextCursor }) =>
          items.length === 0 ? (
            <PageState title={t('notices.empty.title')} detail={t('notices.empty.detail')} />
          ) : (
            <>
              <ul className="om-notices">
                {items.map((notice) => (
                  <NoticeItem key={notice.id} notice={notice} onLeave={onLeave} />
                ))}
              </ul>
              {(nextCursor !== null || pages.page > 1) && (
                <PagesPager pages={pages} nextCursor={nextCursor} />
              )}
            </>
          )
        }
      </QueryContent>
    </>
  );
}

/** Marks everything up to the newest that is shown as seen. */
function useMarkRead(newest: Notice | undefined): void {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (until: string) => markNoticesRead({ body: { until } }),
    onSuccess: () => client.invalidateQueries({ queryKey: noticeStateQuery.queryKey }),
  });
  const until = newest && !newest.isRead ? newest.at : undefined;
  useEffect(() => {
    if (until !== undefined) mutate(until);
  }, [until, mutate]);
}

function NoticeItem({ notice, onLeave }: { notice: Notice; onLeave: () => void }) {
  const { t } = useTranslation();
  const { title, detail, at, path, isRead, repeats, deliveries } = notice;
  const troubled = deliveries.filter(({ problem }) => problem !== null);
  return (
    <li className={isRead ? 'om-notice-item' : 'om-notice-item om-notice-new'}>
      <Link to={path} onClick={onLeave}>
        {title}
      </Link>
      <p>{detail}</p>
      <p className="om-small-print">
        {!isRead && <>{t('notices.new')} · </>}
        <RelativeTime instant={at} />
        {repeats > 0 && <> · {t('notices.repeats', { count: repeats })}</>}
      </p>
      {troubled.map((delivery) => (
        <DeliveryTrouble key={delivery.channel} delivery={delivery} />
      ))}
    </li>
  );
}

/** Why a channel did not deliver, and when it tries again. */
function DeliveryTrouble({ delivery }: { delivery: NoticeDelivery }) {
  const { t } = useTranslation();
  const { channel, status, problem, nextAttemptAt } = delivery;
  return (
    <div className="om-notice-trouble">
      <strong>
        {t(`notices.channel.${channel}`)} · {t(`notices.delivery.${status}`)}
      </strong>
      {problem && (
        <p>
          {problem.title}
          {' · '}
          {problem.detail}
        </p>
      )}
      {nextAttemptAt !== null && (
        <p className="om-small-print">
          {t('notices.nextAttempt')} <RelativeTime instant={nextAttemptAt} />
        </p>
      )}
    </div>
  );
}
