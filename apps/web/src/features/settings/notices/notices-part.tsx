import type { NoticeSettings } from '@orgmirror/contracts';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { QueryContent } from '../../../components/query-content.tsx';
import { getNoticeSettings, saveNoticeSettings } from '../../../lib/api/notices.ts';
import { SavedForm } from '../saved-form/saved-form.tsx';
import { useSavedForm } from '../saved-form/use-saved-form.ts';
import { EmailFields, SendingFields, WebhookFields, WecomFields } from './notice-fields.tsx';
import { buildNoticeBody, listNoticeFields, noticeFieldNames, readNoticeForm } from './notice-form.ts';
import './notices.css';

const noticeSettingsQuery = queryOptions({
  queryKey: ['settings', 'notices'],
  queryFn: ({ signal }) => getNoticeSettings({}, signal),
});

/** 通知: who is told of what needs a person, and by which way. */
export function NoticesPart() {
  const query = useQuery(noticeSettingsQuery);
  return <QueryContent query={query}>{(settings) => <NoticeForm settings={settings} />}</QueryContent>;
}

function NoticeForm({ settings }: { settings: NoticeSettings }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const saved = readNoticeForm(settings);
  const state = useSavedForm({
    saved,
    listFields: listNoticeFields,
    fieldNames: noticeFieldNames,
    save: async (entered) => {
      const latest = await saveNoticeSettings({ body: buildNoticeBody(entered, settings.version) });
      client.setQueryData(noticeSettingsQuery.queryKey, latest);
      void client.invalidateQueries({ queryKey: ['notices'] });
      return readNoticeForm(latest);
    },
    readLatest: () => client.invalidateQueries({ queryKey: noticeSettingsQuery.queryKey }),
  });
  const part = { settings, entered: state.entered, isChanged: state.changedCount > 0 };
  return (
    <SavedForm name="notices" saved={saved} state={state}>
      <p className="om-guard-intro">{t('notices.intro')}</p>
      <SendingFields {...part} />
      <WecomFields {...part} />
      <EmailFields {...part} />
      <WebhookFields {...part} form={state.form} />
    </SavedForm>
  );
}
