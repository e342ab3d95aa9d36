import { describe, expect, it } from 'vitest';
import { messages as enUS } from './en-US/index.ts';
import { messages as zhCN } from './zh-CN/index.ts';

function flatten(value: object, prefix = ''): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, entry] of Object.entries(value)) {
    const path = prefix === '' ? key : `${prefix}/${key}`;
    if (typeof entry === 'string') flat[path] = entry;
    else Object.assign(flat, flatten(entry as object, path));
  }
  return flat;
}

const zh = flatten(zhCN);
const en = flatten(enUS);
const marks = (text: string) => [...text.matchAll(/\{\{(\w+)/g)].map((match) => match[1]).sort();

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
