import { DownOutlined } from '@ant-design/icons';
import type { AuthProvider } from '@orgmirror/contracts';
import { useQuery } from '@tanstack/react-query';
import { Button, Switch } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router-dom';
import { type Column, DataTable } from '../../../components/data-table.tsx';
import { MenuButton } from '../../../components/menu-button.tsx';
import { PageState } from '../../../components/page-state.tsx';
import { QueryContent } from '../../../components/query-content.tsx';
import { RelativeTime } from '../../../components/relative-time.tsx';
import { useIsAdmin } from '../../../entities/session/session.ts';
import { AuthDrawer } from './auth-drawer.tsx';
import { authProvidersQuery } from './auth-providers-query.ts';
import { ProviderDrawer } from './provider-drawer.tsx';
import { useAuthProviderActions } from './use-auth-provider-actions.ts';
import './authentication.css';

/** Shows a provider, or none, by the address. */
type OpenProvider = (id: string | null, how?: { replace?: boolean; toCheck?: boolean }) => void;

/** In the address, in place of a provider's id. */
const newProvider = 'new';

/** 认证设置: the authentication providers. The address holds the one that is open. */
export function AuthenticationCard() {
  const { t } = useTranslation();
  const query = useQuery(authProvidersQuery);
  const [params, setParams] = useSearchParams();
  const open: OpenProvider = (id, { replace = false, toCheck = false } = {}) =>
    setParams(
      (current) => {
        if (id === null) current.delete('auth');
        else current.set('auth', id);
        if (toCheck) current.set('step', 'check');
        else current.delete('step');
        return current;
      },
      { replace },
    );
  const openId = params.get('auth');
  const isAdmin = useIsAdmin();
  const add = isAdmin && <AddMenu onAdd={() => open(newProvider)} />;
  return (
    <QueryContent query={query}>
      {(providers) => (
        <>
          {providers.length === 0 ? (
            <div className="om-card">
              <h2>{t('authentication.title')}</h2>
              <PageState
                title={t('authentication.empty.title')}
                detail={t('authentication.empty.detail')}
                action={add}
              />
            </div>
          ) : (
            <div className="om-card">
              <h2>{t('authentication.title')}</h2>
              <div className="om-auth-head">
                <p>{t('authentication.intro')}</p>
                {add}
              </div>
              <ProviderTable providers={providers} onOpen={open} />
            </div>
          )}
          <AuthDrawer
            isOpen={isAdmin && openId !== null}
            providers={providers}
            provider={providers.find(({ id }) => id === openId) ?? null}
            firstStep={params.get('step') === 'check' ? 'check' : null}
            onCreated={({ id }) => open(id, { replace: true })}
            onClose={() => open(null, { replace: true })}
          />
          {!isAdmin && (
            <ProviderDrawer
              provider={providers.find(({ id }) => id === openId)}
              onClose={() => open(null, { replace: true })}
            />
          )}
        </>
      )}
    </QueryContent>
  );
}

function AddMenu({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation();
  return (
    <MenuButton
      type="primary"
      menu={{
        items: [
          {
            key: 'wecom-oauth2',
            onClick: onAdd,
            label: (
              <span className="om-auth-kind">
                {t('authentication.kind.wecom-oauth2')}
                <small>{t('authentication.kindHelp')}</small>
              </span>
            ),
          },
        ],
      }}
    >
      {t('authentication.add')} <DownOutlined aria-hidden="true" />
    </MenuButton>
  );
}

interface ProviderTableProps {
  providers: readonly AuthProvider[];
  onOpen: OpenProvider;
}

function ProviderTable({ providers, onOpen }: ProviderTableProps) {
  const { t } = useTranslation();
  const actions = useAuthProviderActions();
  const isAdmin = useIsAdmin();
  const columns = buildColumns(t, actions, onOpen, isAdmin);
  return (
    <DataTable
      label={t('authentication.title')}
      columns={isAdmin ? columns : columns.filter(({ key }) => key !== 'actions')}
      rows={providers}
      rowKey={({ id }) => id}
      onRowClick={({ id }) => onOpen(id)}
    />
  );
}

const buildColumns = (
  t: TFunction,
  { confirmDisable, confirmDelete, changingId }: ReturnType<typeof useAuthProviderActions>,
  onOpen: OpenProvider,
  isAdmin: boolean,
): Column<AuthProvider>[] => [
  {
    key: 'name',
    title: t('authentication.column.name'),
    render: ({ id, name, kind }) => (
      <span className="om-auth-name">
        <button type="button" className="om-link-button" onClick={() => onOpen(id)}>
          {name}
        </button>
        <span className="om-tag">{t(`authentication.kind.${kind}`)}</span>
      </span>
    ),
  },
  {
    key: 'status',
    title: t('authentication.column.status'),
    render: (provider) => (
      <Switch
        checked={provider.enabled}
        disabled={!isAdmin}
        loading={changingId === provider.id}
        onChange={(enabled) => (enabled ? onOpen(provider.id, { toCheck: true }) : confirmDisable(provider))}
        aria-label={t('authentication.enable', { name: provider.name })}
      />
    ),
  },
  {
    key: 'description',
    title: t('authentication.column.description'),
    render: ({ description }) =>
      description === '' ? <span className="om-quiet">{t('common.value.none')}</span> : description,
  },
  ...(['createdAt', 'updatedAt'] as const).map((key) => ({
    key,
    title: t(`authentication.column.${key}`),
    render: (provider: AuthProvider) => (
      <span className="om-nowrap">
        <RelativeTime instant={provider[key]} />
      </span>
    ),
  })),
  {
    key: 'actions',
    title: t('authentication.column.actions'),
    render: (provider) => (
      <span className="om-auth-actions">
        <Button size="small" onClick={() => onOpen(provider.id)}>
          {t('authentication.edit')}
        </Button>
        <Button size="small" onClick={() => confirmDelete(provider)}>
          {t('authentication.delete')}
        </Button>
      </span>
    ),
  },
];
