import { ApartmentOutlined, DownOutlined, MenuFoldOutlined, MenuUnfoldOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, type MenuProps, Space, Splitter } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router-dom';
import { MenuButton } from '../../components/menu-button.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryContent } from '../../components/query-content.tsx';
import { usePreference } from '../../config/preference.ts';
import { treePreference } from '../../config/preferences.ts';
import type { DepartmentForest } from '../../entities/departments/department-forest.ts';
import { departmentsQuery } from '../../entities/departments/departments-query.ts';
import { useIsAdmin, useMayOpenMember, useSeesConsole } from '../../entities/session/session.ts';
import { useStableCallback } from '../../lib/use-stable-callback.ts';
import { CheckMemberDialog } from './check-member-dialog.tsx';
import { DepartmentTree } from './department-tree.tsx';
import { LazyExportDialog } from './lazy-export-dialog.tsx';
import { MemberDrawer } from './member-drawer.tsx';
import { MembersPanel } from './members-panel.tsx';
import { membersQuery } from './members-query.ts';
import { useIsNarrow } from './use-is-narrow.ts';
import { useOrgParams } from './use-org-params.ts';
import './org.css';

interface OrgPageProps {
  /** Beside the title: when the directory was last synced. */
  note: ReactNode;
  /** Above the splitter: the running sync or its result. */
  banner: ReactNode;
  /** In place of an empty directory: what to do first. */
  firstSync: ReactNode;
  /** Opens the sync dialog; undefined for users who may not sync. */
  onSync: (() => void) | undefined;
  /** Starts a preview at once; undefined as above. */
  onPreview: (() => void) | undefined;
}

/** 系统 / 组织架构: the tree, the members of the chosen department, one member. */
export function OrgPage({ note, banner, firstSync, onSync, onPreview }: OrgPageProps) {
  const { t } = useTranslation();
  const query = useQuery(departmentsQuery);
  const isEmpty = query.data?.roots.length === 0;
  const isAdmin = useIsAdmin();
  const seesConsole = useSeesConsole();
  const navigate = useNavigate();
  // The userid of the member check; '' while the dialog asks for it.
  const [checked, setChecked] = useState<string | null>(null);
  const check = isAdmin ? setChecked : undefined;
  const [isExporting, setExporting] = useState(false);
  const { params } = useOrgParams();
  const more = useMoreMenu({
    onExport: () => setExporting(true),
    onSync,
    onCheck: check && (() => check('')),
    isEmpty,
  });
  return (
    <div className="om-org">
      <PageHeader
        title={t('org.title')}
        note={note}
        extra={
          <>
            {!isEmpty && (
              <Button onClick={() => void navigate('/system/org/chart')}>{t('org.chart.title')}</Button>
            )}
            {seesConsole && (
              <>
                <MenuButton menu={more}>
                  {t('org.more')} <DownOutlined aria-hidden="true" />
                </MenuButton>
                {onSync && onPreview && !isEmpty && (
                  <SyncButton onSync={onSync} onPreview={onPreview} onCheck={() => setChecked('')} />
                )}
              </>
            )}
          </>
        }
      />
      {banner}
      <QueryContent query={query}>
        {(forest) =>
          isEmpty ? (
            <div className="om-card">{firstSync}</div>
          ) : (
            <OrgSplitter forest={forest} onCheck={check} />
          )
        }
      </QueryContent>
      {isExporting && (
        <Suspense>
          <LazyExportDialog params={params} selected={[]} onClose={() => setExporting(false)} />
        </Suspense>
      )}
      {checked !== null && <CheckMemberDialog wecomUserId={checked} onClose={() => setChecked(null)} />}
    </div>
  );
}

interface SyncButtonProps {
  onSync: () => void;
  onPreview: () => void;
  onCheck: () => void;
}

/** 企业微信同步, the page's primary button, with the other ways to sync beside it. */
function SyncButton({ onSync, onPreview, onCheck }: SyncButtonProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Space.Compact>
      <Button type="primary" onClick={onSync}>
        {t('org.menu.sync')}
      </Button>
      <MenuButton
        type="primary"
        icon={<DownOutlined />}
        aria-label={t('org.menu.syncOptions')}
        menu={{
          items: [
            { key: 'preview', label: t('org.menu.preview'), onClick: onPreview },
            { key: 'check', label: t('org.menu.checkMember'), onClick: onCheck },
            {
              key: 'syncRuns',
              label: t('org.menu.syncRuns'),
              onClick: () => void navigate('/system/sync-runs'),
            },
          ],
        }}
      />
    </Space.Compact>
  );
}

interface MoreMenuInput {
  onExport: () => void;
  onSync: (() => void) | undefined;
  onCheck: (() => void) | undefined;
  isEmpty: boolean;
}

function useMoreMenu({ onExport, onSync, onCheck, isEmpty }: MoreMenuInput): MenuProps {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return {
    items: [
      ...(onSync ? [{ key: 'sync', label: t('org.menu.sync'), onClick: onSync }] : []),
      ...(onCheck
        ? [{ key: 'check', label: t('org.menu.checkMember'), disabled: isEmpty, onClick: onCheck }]
        : []),
      {
        key: 'syncRuns',
        label: t('org.menu.syncRuns'),
        onClick: () => void navigate('/system/sync-runs'),
      },
      {
        key: 'export',
        label: t('org.menu.export'),
        disabled: isEmpty,
        onClick: onExport,
      },
    ],
  };
}

interface OrgSplitterProps {
  forest: DepartmentForest;
  onCheck: ((wecomUserId: string) => void) | undefined;
}

interface TreeBesideProps {
  tree: ReactNode;
  isHidden: boolean;
  children: ReactNode;
}

/** The departments beside the members; only the widths change while the line between them is dragged. */
function TreeBeside({ tree, isHidden, children }: TreeBesideProps) {
  const [width, setWidth] = useState(280);
  return (
    <Splitter className="om-card om-org-body" onResize={([first = width]) => setWidth(first)}>
      <Splitter.Panel size={isHidden ? 0 : width} min={200} max="50%" resizable={!isHidden}>
        {/* Kept, so that it is unfolded and scrolled as it was. */}
        <div className="om-tree-pane" hidden={isHidden}>
          {tree}
        </div>
      </Splitter.Panel>
      <Splitter.Panel>{children}</Splitter.Panel>
    </Splitter>
  );
}

/** Gives the table the place of the departments, and back; this browser remembers it. */
function TreeToggle({ isHidden }: { isHidden: boolean }) {
  const { t } = useTranslation();
  const label = t(isHidden ? 'org.tree.show' : 'org.tree.hide');
  return (
    <Button
      type="text"
      size="small"
      className="om-tree-toggle"
      icon={isHidden ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
      aria-label={label}
      aria-expanded={!isHidden}
      title={label}
      onClick={() => treePreference.set(isHidden ? 'shown' : 'hidden')}
    />
  );
}

/** Pixels; the tree is a drawer up to here: beside it the table would be cut off before the status. */
const treeApartBelow = 1_100;

function OrgSplitter({ forest, onCheck }: OrgSplitterProps) {
  const { t } = useTranslation();
  const navigation = useOrgParams();
  const { params, filter, openMember } = navigation;
  const isNarrow = useIsNarrow(treeApartBelow);
  const isHidden = usePreference(treePreference) === 'hidden';
  const [isTreeOpen, setTreeOpen] = useState(false);
  const department = params.departmentId === null ? null : (forest.byId.get(params.departmentId) ?? null);

  const mayOpen = useMayOpenMember();
  const listed = (useQuery(membersQuery(params)).data?.items ?? [])
    .filter(mayOpen)
    .map(({ wecomUserId }) => wecomUserId);
  const select = useStableCallback((departmentId: number | null) => {
    setTreeOpen(false);
    filter({ departmentId });
  });
  const tree = <DepartmentTree forest={forest} selected={department} onSelect={select} />;
  const panel = (
    <MembersPanel
      navigation={navigation}
      department={department}
      treeButton={
        isNarrow ? (
          <Button
            icon={<ApartmentOutlined />}
            aria-label={t('org.tree.open')}
            title={t('org.tree.open')}
            onClick={() => setTreeOpen(true)}
          />
        ) : (
          <TreeToggle isHidden={isHidden} />
        )
      }
    />
  );
  return (
    <>
      {isNarrow ? (
        <div className="om-card om-org-body">{panel}</div>
      ) : (
        <TreeBeside tree={tree} isHidden={isHidden}>
          {panel}
        </TreeBeside>
      )}
      {isNarrow && (
        <Drawer
          open={isTreeOpen}
          onClose={() => setTreeOpen(false)}
          placement="left"
          size={320}
          title={t('org.tree.label')}
          styles={{ body: { padding: 0 } }}
        >
          {tree}
        </Drawer>
      )}
      <MemberDrawer
        wecomUserId={params.openMember}
        onClose={() => openMember(null)}
        onOpenDepartment={select}
        onOpenMember={openMember}
        listed={listed}
        onCheck={onCheck}
      />
    </>
  );
}
