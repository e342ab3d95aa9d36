import { describe, expect, it } from 'vitest';
import { administrators as administratorsEn } from './en-US/administrators.ts';
import { attributes as attributesEn } from './en-US/attributes.ts';
import { audit as auditEn } from './en-US/audit.ts';
import { authentication as authenticationEn } from './en-US/authentication.ts';
import { events as eventsEn } from './en-US/events.ts';
import { exports as exportsEn } from './en-US/exports.ts';
import { history as historyEn } from './en-US/history.ts';
import { messages as enUS } from './en-US/index.ts';
import { me as meEn } from './en-US/me.ts';
import { members as membersEn } from './en-US/members.ts';
import { notices as noticesEn } from './en-US/notices.ts';
import { overview as overviewEn } from './en-US/overview.ts';
import { palette as paletteEn } from './en-US/palette.ts';
import { settings as settingsEn } from './en-US/settings.ts';
import { administrators } from './zh-CN/administrators.ts';
import { attributes } from './zh-CN/attributes.ts';
import { audit } from './zh-CN/audit.ts';
import { authentication } from './zh-CN/authentication.ts';
import { events } from './zh-CN/events.ts';
import { exports } from './zh-CN/exports.ts';
import { history } from './zh-CN/history.ts';
import { messages as zhCN } from './zh-CN/index.ts';
import { me } from './zh-CN/me.ts';
import { members } from './zh-CN/members.ts';
import { notices } from './zh-CN/notices.ts';
import { overview } from './zh-CN/overview.ts';
import { palette } from './zh-CN/palette.ts';
import { settings } from './zh-CN/settings.ts';

function flatten(value: object, prefix = ''): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, entry] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}/${key}`;
    if (typeof entry === 'string') flat[path] = entry;
    else Object.assign(flat, flatten(entry as object, path));
  }
  return flat;
}

const zh = flatten({
  ...zhCN,
  audit,
  history,
  me,
  members,
  authentication,
  events,
  exports,
  overview,
  administrators,
  attributes,
  notices,
  palette,
  settings,
});
const en = flatten({
  ...enUS,
  audit: auditEn,
  history: historyEn,
  me: meEn,
  members: membersEn,
  authentication: authenticationEn,
  events: eventsEn,
  exports: exportsEn,
  overview: overviewEn,
  administrators: administratorsEn,
  attributes: attributesEn,
  settings: settingsEn,
  notices: noticesEn,
  palette: paletteEn,
});
const marks = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();

describe('texts', () => {
  it('have the same keys in Chinese and English', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
  });

  it('fill in the same values in both languages', () => {
    for (const [key, text] of Object.entries(zh)) expect([key, marks(en[key]!)]).toEqual([key, marks(text)]);
  });

  it('are never blank', () => {
    for (const [key, text] of [...Object.entries(zh), ...Object.entries(en)])
      expect([key, text.trim()]).not.toEqual([key, '']);
  });

  it('use no exclamation marks', () => {
    for (const text of [...Object.values(zh), ...Object.values(en)]) expect(text).not.toMatch(/[!！]/);
  });
});
