import { LeftOutlined, RightOutlined, VerticalRightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { CursorPages } from '../lib/use-cursor-pages.ts';
import { Select } from './select.tsx';

interface CursorPagerProps {
  page: number;
  total?: number | undefined;
  /** False when there are more than `total`, which are not counted. */
  isTotalExact?: boolean | undefined;
  hasNext: boolean;
  /** False when the previous cursor is unknown, e.g. after opening a shared link to a later page. */
  hasPrevious: boolean;
  onFirst: () => void;
  onPrevious: () => void;
  onNext: () => void;
  pageSize?: number;
  onPageSize?: (pageSize: number) => void;
}

const pageSizes = [50, 100, 200] as const;

/** First, previous, next: the server pages by cursor, so that page numbers cannot be jumped to. */
export function CursorPager(props: CursorPagerProps) {
  const {
    page,
    total,
    isTotalExact = true,
    hasNext,
    hasPrevious,
    onFirst,
    onPrevious,
    onNext,
    pageSize,
    onPageSize,
  } = props;
  const { t } = useTranslation();
  return (
    <nav className="om-pager" aria-label={t('common.paging.page', { page })}>
      {total !== undefined && (
        <span>{t(isTotalExact ? 'common.paging.total' : 'common.paging.moreThan', { count: total })}</span>
      )}
      <span className="om-pager-gap" />
      {pageSize !== undefined && onPageSize && (
        <Select
          size="small"
          label={t('common.paging.pageSizeLabel')}
          value={String(pageSize)}
          options={pageSizes.map((size) => ({
            value: String(size),
            label: t('common.paging.pageSize', { count: size }),
          }))}
          onChange={(value) => onPageSize(Number(value))}
        />
      )}
      <Button
        type="text"
        size="small"
        icon={<VerticalRightOutlined />}
        aria-label={t('common.paging.first')}
        disabled={page === 1}
        onClick={onFirst}
      />
      <Button
        type="text"
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('common.paging.previous')}
        disabled={!hasPrevious}
        onClick={onPrevious}
      />
      <span>{t('common.paging.page', { page })}</span>
      <Button
        type="text"
        size="small"
        icon={<RightOutlined />}
        aria-label={t('common.paging.next')}
        disabled={!hasNext}
        onClick={onNext}
      />
    </nav>
  );
}

interface PagesPagerProps extends Pick<CursorPagerProps, 'total' | 'isTotalExact'> {
  pages: CursorPages;
  nextCursor: string | null;
}

/** The pager of a list whose pages are kept in memory by `useCursorPages`. */
export function PagesPager({ pages, nextCursor, total, isTotalExact }: PagesPagerProps) {
  return (
    <CursorPager
      page={pages.page}
      total={total}
      isTotalExact={isTotalExact}
      hasNext={nextCursor !== null}
      hasPrevious={pages.page > 1}
      onFirst={pages.goFirst}
      onPrevious={pages.goPrevious}
      onNext={() => nextCursor !== null && pages.goNext(nextCursor)}
    />
  );
}
