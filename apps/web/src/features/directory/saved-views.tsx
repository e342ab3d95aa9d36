import { DownOutlined } from '@ant-design/icons';
import type { SavedView } from '@orgmirror/contracts';
import { App, Button, Input, type InputRef, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MenuButton } from '../../components/menu-button.tsx';
import { usePreferences } from '../../entities/session/use-preferences.ts';
import { formatOrgParams, readOrgParams } from './org-params.ts';
import type { MemberList } from './use-member-list.ts';
import type { OrgNavigation } from './use-org-params.ts';

const maxViews = 20;
const maxNameLength = 40;

interface SavedViewsProps {
  navigation: OrgNavigation;
  list: MemberList;
}

/** What the list shows under a name of the user's: department, filters, order and columns. */
export function SavedViews({ navigation, list }: SavedViewsProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { preferences, save } = usePreferences();
  const [isNaming, setNaming] = useState(false);
  const views = preferences.memberViews ?? [];
  const search = formatView(navigation);
  const current = views.find((view) => view.search === search);
  const open = (view: SavedView) => {
    navigation.filter(readOrgParams(new URLSearchParams(view.search)));
    if (view.columns.length > 0) save({ memberList: { columns: view.columns, density: list.density } });
  };
  const keep = (name: string) => {
    const view = { name, search, columns: [...list.columns] };
    save({ memberViews: [...views.filter((one) => one.name !== name), view] });
    setNaming(false);
    message.success(t('members.view.saved', { name }));
  };
  return (
    <>
      <MenuButton
        type="text"
        menu={{
          selectedKeys: current ? [`view:${current.name}`] : [],
          items: [
            ...views.map((view) => ({
              key: `view:${view.name}`,
              label: view.name,
              onClick: () => open(view),
            })),
            ...(views.length > 0 ? [{ type: 'divider' as const }] : []),
            {
              key: 'keep',
              label: t('members.view.keep'),
              disabled: views.length >= maxViews && current === undefined,
              onClick: () => setNaming(true),
            },
            ...(current
              ? [
                  {
                    key: 'delete',
                    label: t('members.view.delete', { name: current.name }),
                    onClick: () => save({ memberViews: views.filter((view) => view !== current) }),
                  },
                ]
              : []),
          ],
        }}
      >
        {current?.name ?? t('members.view.title')} <DownOutlined aria-hidden="true" />
      </MenuButton>
      {isNaming && (
        <NameView taken={views.map(({ name }) => name)} onSave={keep} onClose={() => setNaming(false)} />
      )}
    </>
  );
}

/** The address of the list without its page and the open member. */
const formatView = ({ params }: OrgNavigation): string =>
  formatOrgParams({ ...params, cursor: null, page: 1, openMember: null }).toString();

interface NameViewProps {
  taken: readonly string[];
  onSave: (name: string) => void;
  onClose: () => void;
}

function NameView({ taken, onSave, onClose }: NameViewProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const input = useRef<InputRef>(null);
  const name = text.trim();
  const submit = () => {
    if (name === '') input.current?.focus();
    else onSave(name);
  };
  return (
    <Modal
      open
      title={t('members.view.keep')}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && input.current?.focus()}
      footer={
        <>
          <Button onClick={onClose}>{t('common.action.cancel')}</Button>
          <Button type="primary" onClick={submit}>
            {t(taken.includes(name) ? 'members.view.replace' : 'common.action.save')}
          </Button>
        </>
      }
    >
      <p className="om-small-print">{t('members.view.what')}</p>
      <Input
        ref={input}
        value={text}
        maxLength={maxNameLength}
        aria-label={t('members.view.name')}
        placeholder={t('members.view.name')}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={submit}
      />
    </Modal>
  );
}
