import type { AuditAction } from '@orgmirror/contracts';
import { expect, it } from 'vitest';
import { audit as enUS } from '../../i18n/en-US/audit.ts';
import { loadPageTexts, switchLanguage } from '../../i18n/language.ts';
import { translateCode } from '../../i18n/translate-code.ts';
import { audit as zhCN } from '../../i18n/zh-CN/audit.ts';

it('has a text for everything that the server records', async () => {
  // The type checker fails here as soon as the server has an action without a text.
  const texts: Record<AuditAction, string>[] = [zhCN.action, enUS.action];
  await switchLanguage('en-US');
  await loadPageTexts('audit');
  expect(translateCode('audit.action', 'sync.undo')).toBe(texts[1]?.['sync.undo']);
});

it.each([
  ['zh-CN', zhCN],
  ['en-US', enUS],
])('has a name for each kind of several actions (%s)', (_, { action, kind }) => {
  const kinds = Object.keys(action).map((name) => name.split('.')[0] ?? '');
  const ofSeveral = new Set(kinds.filter((name, index) => kinds.indexOf(name) !== index));
  expect(Object.keys(kind).sort()).toEqual([...ofSeveral].sort());
});

it('has no text for an action of a later release, whose own name is shown then', async () => {
  await switchLanguage('zh-CN');
  expect(translateCode('audit.action', 'future.action')).toBeUndefined();
});
