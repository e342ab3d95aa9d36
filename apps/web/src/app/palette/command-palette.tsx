import { SearchOutlined } from '@ant-design/icons';
import type { RecentTarget } from '@orgmirror/contracts';
import { Input } from 'antd';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../../entities/session/use-preferences.ts';
import { useSearchText } from '../../lib/use-search-text.ts';
import type { Overlay } from './overlay.ts';
import {
  addRecent,
  idOf,
  isFoundBy,
  type PaletteGroup,
  type PaletteItem,
  putRecentFirst,
} from './palette-item.ts';
import { useCommands } from './use-commands.tsx';
import { useDirectoryHits, useRecentInDirectory } from './use-directory-items.tsx';

const pauseMs = 150;
const maxRecentShown = 6;
const groups: readonly PaletteGroup[] = ['recent', 'page', 'command', 'department', 'member'];
const noneRecent: readonly RecentTarget[] = [];

interface CommandPaletteProps {
  onOverlay: (overlay: Overlay | null) => void;
  onPreview: () => void;
}

/** One box that leads to every page, department and member, and gives every command. */
export function CommandPalette({ onOverlay, onPreview }: CommandPaletteProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [wanted, setWanted] = useState('');
  const { text, type, setComposing, settle } = useSearchText({
    value: wanted,
    onSettled: setWanted,
    delayMs: pauseMs,
  });
  const { preferences, save } = usePreferences();
  const recent = preferences.recentTargets ?? noneRecent;
  const commands = useCommands({ onOverlay, onPreview });
  const directory = useDirectoryHits(wanted, () => onOverlay(null));
  const known = [...commands, ...useRecentInDirectory(recent, () => onOverlay(null))];
  const sections =
    text.trim() === ''
      ? listAtFirst(known, commands, recent)
      : listFound([...commands.filter((item) => isFoundBy(item, text)), ...directory.items], recent);
  const items = sections.flatMap((section) => section.items);

  // Else the departments and members are those of what was typed before.
  const isCurrent = text.trim() === wanted && !directory.isSearching;

  const [activeId, setActiveId] = useState<string | null>(null);
  // What was pointed at stays so when results arrive above it; a new text begins at the top.
  const position = Math.max(
    0,
    items.findIndex((item) => idOf(item) === activeId),
  );
  const active = items[position];
  const optionId = (item: PaletteItem) => `${listId}${idOf(item)}`;
  const shownId = active && optionId(active);
  useEffect(() => {
    if (shownId) document.getElementById(shownId)?.scrollIntoView({ block: 'nearest' });
  }, [shownId]);

  const choose = (item: PaletteItem) => {
    save({ recentTargets: addRecent(recent, item) });
    item.choose();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const next = items.at((position + step) % items.length);
      setActiveId(next ? idOf(next) : null);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      settle();
      if (active && (isCurrent || isCommand(active))) choose(active);
    }
  };
  const isEmpty = items.length === 0 && isCurrent;
  return (
    <>
      <Input
        autoFocus
        size="large"
        variant="borderless"
        prefix={<SearchOutlined aria-hidden="true" />}
        placeholder={t('palette.input')}
        maxLength={200}
        role="combobox"
        aria-label={t('palette.input')}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        {...(shownId && { 'aria-activedescendant': shownId })}
        value={text}
        onChange={(event) => {
          setActiveId(null);
          type(event.target.value);
        }}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        onKeyDown={onKeyDown}
      />
      <div className="om-palette-list" id={listId} role="listbox" aria-label={t('palette.title')}>
        {sections.map(({ group, items: listed }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
          <div key={group} role="group" aria-label={t(`palette.group.${group}`)}>
            <p className="om-palette-group" aria-hidden="true">
              {t(`palette.group.${group}`)}
            </p>
            {listed.map((item) => (
              <Option
                key={idOf(item)}
                id={optionId(item)}
                item={item}
                isActive={item === active}
                onPoint={() => setActiveId(idOf(item))}
                onChoose={() => choose(item)}
              />
            ))}
          </div>
        ))}
      </div>
      <p className="om-palette-foot" role="status">
        {!isCurrent
          ? t('palette.searching')
          : directory.hasFailed
            ? t('palette.failed')
            : isEmpty
              ? t('palette.none')
              : t('palette.keys')}
      </p>
    </>
  );
}

const isCommand = ({ kind }: PaletteItem) => kind === 'page' || kind === 'command';

interface Section {
  readonly group: PaletteGroup;
  readonly items: readonly PaletteItem[];
}

/** Before anything is typed: what was chosen last, then all pages and commands. */
function listAtFirst(
  known: readonly PaletteItem[],
  commands: readonly PaletteItem[],
  recent: readonly RecentTarget[],
): Section[] {
  const byId = new Map(known.map((item) => [idOf(item), item]));
  const latest = recent
    .map((target) => byId.get(idOf(target)))
    .filter((item) => item !== undefined)
    .slice(0, maxRecentShown);
  return [
    { group: 'recent' as const, items: latest },
    ...listFound(
      commands.filter((item) => !latest.includes(item)),
      [],
    ),
  ].filter(({ items }) => items.length > 0);
}

const listFound = (items: readonly PaletteItem[], recent: readonly RecentTarget[]): Section[] =>
  groups
    .map((group) => ({
      group,
      items: putRecentFirst(
        items.filter(({ kind }) => kind === group),
        recent,
      ),
    }))
    .filter((section) => section.items.length > 0);

interface OptionProps {
  id: string;
  item: PaletteItem;
  isActive: boolean;
  onPoint: () => void;
  onChoose: () => void;
}

function Option({ id, item, isActive, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the box has the focus and takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      className={isActive ? 'om-palette-option om-palette-active' : 'om-palette-option'}
      onMouseMove={onPoint}
      onClick={onChoose}
    >
      <span className="om-palette-icon" aria-hidden="true">
        {item.icon}
      </span>
      <span className="om-palette-name">{item.name}</span>
      {item.detail && <span className="om-palette-detail">{item.detail}</span>}
    </div>
  );
}
