import { expect, it } from 'vitest';
import { indentXml } from './indent-xml.ts';

it('puts each element on a line of its own and leaves what they hold', () => {
  const text =
    '<xml><Event><![CDATA[a < b]]></Event><Extra><Item>1 &amp; 2</Item><Item/></Extra>\n<Time>7</Time></xml>';
  expect(indentXml(text)).toBe(
    [
      '<xml>',
      '  <Event><![CDATA[a < b]]></Event>',
      '  <Extra>',
      '    <Item>1 &amp; 2</Item>',
      '    <Item/>',
      '  </Extra>',
      '  <Time>7</Time>',
      '</xml>',
    ].join('\n'),
  );
});

it('leaves alone what is no XML', () => {
  for (const text of ['', '{"a":1}', '<xml><a></xml>']) expect(indentXml(text)).toBe(text);
});
