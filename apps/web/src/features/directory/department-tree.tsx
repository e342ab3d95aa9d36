import { AimOutlined, ExpandAltOutlined, LockOutlined, ShrinkOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Tree } from 'antd';
import { type ComponentRef, memo, startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SearchInput } from '../../components/search-input.tsx';
import type { DepartmentForest, DepartmentNode } from '../../entities/departments/department-forest.ts';
import { pinyinQuery } from '../../entities/departments/pinyin-query.ts';
import { memberTotalQuery } from '../../entities/members/member-total-query.ts';
import {
  allMembersKey,
  buildTreeItems,
  expandTree,
  findInTree,
  type TreeHits,
  type TreeItem,
} from './tree-items.ts';
import { TreeRow } from './tree-row.tsx';
import { useElementHeight } from './use-element-height.ts';
import './tree.css';

interface DepartmentTreeProps {
  forest: DepartmentForest;
  /** The selected department, null for all members. */
  selected: DepartmentNode | null;
  onSelect: (departmentId: number | null) => void;
}

/** As antd draws it, whose icon component would be a tenth of what a letter of a search costs. */
const caret = (
  <span className="anticon">
    <svg viewBox="0 0 1024 1024" width="1em" height="1em" fill="currentColor" aria-hidden="true">
      <path d="M840.4 300H183.6c-19.7 0-30.7 20.8-18.5 35l328.4 380.8c9.4 10.9 27.5 10.9 37 0L858.9 335c12.2-14.2 1.2-35-18.5-35z" />
    </svg>
  </span>
);

/** The keys with those of all departments above the last one of a path. */
const addAncestors = (keys: string[], path: DepartmentNode['path'] = []): string[] => [
  ...new Set([...keys, ...path.slice(0, -1).map(({ id }) => String(id))]),
];

/** The enterprise's tree: searched by name, pinyin and id, counted, quick with tens of thousands of departments. */
export const DepartmentTree = memo(function DepartmentTree({
  forest,
  selected,
  onSelect,
}: DepartmentTreeProps) {
  const { t } = useTranslation();
  const { data: total } = useQuery(memberTotalQuery);
  const [search, setSearch] = useState('');
  const { text, hits } = useTreeHits(forest, search);
  const tree = useRef<ComponentRef<typeof Tree>>(null);
  const box = useRef<HTMLDivElement>(null);
  const height = useElementHeight(box);
  const [activeKey, setActiveKey] = useState<unknown>(null);

  const [openKeys, setOpenKeys] = useState<string[]>(() => forest.roots.map(({ id }) => String(id)));
  // What is open in the results of a search, apart from that: clearing it shows the tree as it was before.
  const [openInHits, setOpenInHits] = useState<{ hits: TreeHits; keys: string[] } | null>(null);
  const shownKeys = useMemo(() => {
    if (hits === null) return openKeys;
    return openInHits?.hits === hits ? openInHits.keys : hits.openKeys;
  }, [hits, openKeys, openInHits]);
  const setShownKeys = (keys: string[]) => (hits ? setOpenInHits({ hits, keys }) : setOpenKeys(keys));
  const path = selected?.path;
  // The ancestors of the selected department, e.g. after opening a link to it; roots are expanded too.
  useEffect(() => setOpenKeys((keys) => addAncestors(keys, path)), [path]);
  const locate = () => {
    setSearch('');
    setOpenKeys((keys) => addAncestors(keys, path));
    // Once the rows above it are there.
    requestAnimationFrame(() => tree.current?.scrollTo({ key: String(selected?.id), align: 'auto' }));
  };

  const expansion = useMemo(() => expandTree(forest.roots), [forest]);
  const expandLabel = expansion.isAll
    ? t('org.tree.expand')
    : t('org.tree.expandLevels', { count: expansion.levels });
  // What a search opened stays open.
  const expand = () => setShownKeys([...new Set([...(hits?.openKeys ?? []), ...expansion.keys])]);

  const allMembers = t('org.tree.all');
  const shown = useMemo(() => {
    const items = buildTreeItems(forest.roots, new Set(shownKeys), hits);
    return hits ? items : [{ key: allMembersKey, title: allMembers, isLeaf: true }, ...items];
  }, [forest, shownKeys, hits, allMembers]);
  return (
    <div className="om-tree">
      <div className="om-tree-head">
        <SearchInput
          label={t('org.tree.search')}
          value={search}
          onSettled={(text) => startTransition(() => setSearch(text))}
          delayMs={200} // longer than between two keys of somebody who types on
          isPageSearch={false}
        />
        {selected !== null && (
          <Button
            type="text"
            icon={<AimOutlined />}
            aria-label={t('org.tree.locate')}
            title={t('org.tree.locate')}
            onClick={locate}
          />
        )}
        <Button
          type="text"
          icon={<ExpandAltOutlined />}
          aria-label={expandLabel}
          title={expandLabel}
          onClick={expand}
        />
        <Button
          type="text"
          icon={<ShrinkOutlined />}
          aria-label={t('org.tree.collapse')}
          title={t('org.tree.collapse')}
          onClick={() => setShownKeys([])}
        />
      </div>
      <div className="om-tree-box" ref={box}>
        {shown.length === 0 ? (
          <p className="om-quiet">{t('org.tree.nothingMatches')}</p>
        ) : (
          <Tree<TreeItem>
            ref={tree}
            aria-label={t('org.tree.label')}
            treeData={shown}
            blockNode
            virtual
            motion={false}
            switcherIcon={caret}
            {...(height > 0 && { height })}
            selectedKeys={[selected === null ? allMembersKey : String(selected.id)]}
            expandedKeys={shownKeys}
            autoExpandParent={false}
            onExpand={(keys) => setShownKeys(keys.map(String))}
            onSelect={(_, { node }) => onSelect(node.department?.id ?? null)}
            onActiveChange={setActiveKey}
            titleRender={(item) => (
              <TreeRow item={item} search={text} total={total} isActive={item.key === activeKey} />
            )}
          />
        )}
      </div>
      <p className="om-tree-note om-small-print">
        <LockOutlined aria-hidden="true" /> {t('org.tree.wecomOwned')}
      </p>
    </div>
  );
});

interface FoundInTree {
  text: string;
  /** Null without a search. */
  hits: TreeHits | null;
}

/**
 * What a search finds; what the one before found until the server has said what pinyin finds, so that each letter
 * changes the rows once.
 */
function useTreeHits(forest: DepartmentForest, search: string): FoundInTree {
  const { data: pinyinIds, isLoading, failureCount } = useQuery(pinyinQuery(search));
  const isWaiting = isLoading && failureCount === 0;
  const found = useMemo(() => {
    if (isWaiting) return undefined;
    return { text: search, hits: search === '' ? null : findInTree(forest, search, pinyinIds) };
  }, [isWaiting, forest, search, pinyinIds]);
  const [shown, setShown] = useState<FoundInTree>({ text: '', hits: null });
  if (found !== undefined && found !== shown) setShown(found);
  return found ?? shown;
}
