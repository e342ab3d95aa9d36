import type { NoticeRecipient } from '@orgmirror/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listNoticeRecipients } from '../../../lib/api/notices.ts';
import { type SearchText, useSearchText } from '../../../lib/use-search-text.ts';

/** A recipient as far as the page knows them. */
export interface KnownRecipient extends NoticeRecipient {
  /** Whether the directory has no such member; false while nobody has answered. */
  isUnknown: boolean;
}

interface Recipients {
  /** Whom to choose from: the admins, or whom the text finds. */
  candidates: readonly NoticeRecipient[];
  find: (userId: string) => KnownRecipient;
  /** Keeps the names of those whom the next search may not find. */
  remember: (userIds: readonly string[]) => void;
  isSearching: boolean;
  search: SearchText;
}

const recipientsQuery = (q: string) =>
  queryOptions({
    queryKey: ['settings', 'notices', 'recipients', q],
    queryFn: ({ signal }) => listNoticeRecipients({ query: q === '' ? {} : { q } }, signal),
    placeholderData: keepPreviousData,
  });

/** Who is told, and who can be. */
export function useRecipients(): Recipients {
  const [q, setQ] = useState('');
  const search = useSearchText({ value: q, onSettled: setQ, delayMs: 300 });
  const first = useQuery(recipientsQuery(''));
  const found = useQuery(recipientsQuery(q));
  const [chosen, setChosen] = useState<readonly NoticeRecipient[]>([]);
  const candidates = (found.data?.items ?? []).filter(({ presence }) => presence === 'present');
  const known = [...chosen, ...(first.data?.items ?? []), ...candidates];
  const find = (userId: string): KnownRecipient => {
    const key = userId.toLowerCase();
    const recipient = known.find((one) => one.userId.toLowerCase() === key);
    const unknown = { userId, name: null, avatarUrl: null, presence: null, role: null };
    return { ...(recipient ?? unknown), isUnknown: first.isSuccess && recipient?.name == null };
  };
  return {
    candidates,
    find,
    remember: (userIds) => setChosen(userIds.map(find).filter(({ name }) => name !== null)),
    isSearching: found.isPending || found.isPlaceholderData,
    search,
  };
}
