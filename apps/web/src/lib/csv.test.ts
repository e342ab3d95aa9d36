import { describe, expect, it } from 'vitest';
import { formatCsv } from './csv.ts';

describe('formatCsv', () => {
  it('starts with a byte order mark and ends each row with CRLF', () => {
    expect(
      formatCsv([
        ['姓名', '账号'],
        ['王芳', 'wangfang'],
      ]),
    ).toBe('\uFEFF姓名,账号\r\n王芳,wangfang\r\n');
  });

  it.each(['=1+1', '+86', '-1', '@cmd', '\tx', '＝1'])(
    'defuses a cell that begins like a formula: %j',
    (cell) => {
      expect(formatCsv([[cell]])).toBe(`\uFEFF'${cell}\r\n`);
    },
  );

  it.each([
    ['a;=1+1', `"a;'=1+1"`],
    ['a; =1+1;-2', `"a;' =1+1;'-2"`],
    ['=a;b', `"'=a;b"`],
    ['a;b', '"a;b"'],
  ])('defuses each part of a list: %j', (cell, text) => {
    expect(formatCsv([[cell]])).toBe(`\uFEFF${text}\r\n`);
  });

  it('defuses and quotes a cell that starts with a carriage return', () => {
    expect(formatCsv([['\r=1']])).toBe('\uFEFF"\'\r=1"\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(formatCsv([['a,b', 'say "hi"', 'x\ny']])).toBe('\uFEFF"a,b","say ""hi""","x\ny"\r\n');
  });

  it('leaves the same characters alone inside a cell', () => {
    expect(formatCsv([['a=b', '1-2', 'x@y.cn']])).toBe('\uFEFFa=b,1-2,x@y.cn\r\n');
  });
});
