import { describe, expect, it } from 'vitest';
import { formatCsvRows } from './csv.ts';

describe('formatCsvRows', () => {
  it('ends each row with CRLF', () => {
    expect(
      formatCsvRows([
        ['姓名', '账号'],
        ['王芳', 'wangfang'],
      ]),
    ).toBe('姓名,账号\r\n王芳,wangfang\r\n');
  });

  it.each(['=1+1', '+86', '-1', '@cmd', '\tx', '＝1'])(
    'defuses a cell that begins like a formula: %j',
    (cell) => {
      expect(formatCsvRows([[cell]])).toBe(`'${cell}\r\n`);
    },
  );

  it.each([
    ['a;=1+1', `"a;'=1+1"`],
    ['a; =1+1;-2', `"a;' =1+1;'-2"`],
    ['=a;b', `"'=a;b"`],
    ['a;b', '"a;b"'],
  ])('defuses each part of a list: %j', (cell, text) => {
    expect(formatCsvRows([[cell]])).toBe(`${text}\r\n`);
  });

  it('defuses and quotes a cell that starts with a carriage return', () => {
    expect(formatCsvRows([['\r=1']])).toBe('"\'\r=1"\r\n');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(formatCsvRows([['a,b', 'say "hi"', 'x\ny']])).toBe('"a,b","say ""hi""","x\ny"\r\n');
  });

  it('leaves the same characters alone inside a cell', () => {
    expect(formatCsvRows([['a=b', '1-2', 'x@y.cn']])).toBe('a=b,1-2,x@y.cn\r\n');
  });
});
