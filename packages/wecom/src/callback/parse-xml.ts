import { SaxesParser } from 'saxes';
import { WecomCallbackError } from './callback-error.ts';

/** An element without its attributes, which WeCom does not use. */
export interface XmlElement {
  readonly name: string;
  /** Its own text, CDATA or plain, without that of the elements inside. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** WeCom's own events nest four deep. */
const MAX_DEPTH = 16;

/** What `walkXml` reports of one element; the positions are those of its content in the text. */
interface XmlVisitor {
  open(name: string): void;
  text(text: string): void;
  close(contentEnd: number, contentStart: number): void;
}

/**
 * Walks over a well-formed XML text. A DTD is refused outright, so there are no entities but XML's own five.
 * @throws WecomCallbackError of kind malformed
 */
function walkXml(xml: string, visitor: XmlVisitor): void {
  if (/<!DOCTYPE/i.test(xml)) throw new WecomCallbackError('malformed', 'a DTD is not allowed');
  const parser = new SaxesParser();
  const starts: number[] = [];
  parser.on('error', (cause) => {
    throw new WecomCallbackError('malformed', 'not well-formed XML', { cause: hideText(cause) });
  });
  parser.on('opentag', ({ name }) => {
    if (starts.length >= MAX_DEPTH) throw new WecomCallbackError('malformed', 'elements nest too deep');
    starts.push(parser.position);
    visitor.open(name);
  });
  parser.on('text', (text) => visitor.text(text));
  parser.on('cdata', (text) => visitor.text(text));
  parser.on('closetag', ({ isSelfClosing }) => {
    const start = starts.pop() ?? 0;
    // Up to the closing tag, in which no "</" can stand. `<a/>` has none: the search would go back to the
    // beginning.
    const end = isSelfClosing ? start : xml.lastIndexOf('</', parser.position - 1);
    visitor.close(Math.max(start, end), start);
  });
  parser.write(xml).close();
}

/** The parser's messages quote names of elements at most, but those come from the sender. */
const hideText = ({ message }: Error): string => message.slice(0, 80);

/**
 * Reads an XML text as its root element; ids and numbers stay texts.
 * @throws WecomCallbackError of kind malformed
 */
export function parseXml(xml: string): XmlElement {
  interface OpenElement {
    name: string;
    text: string;
    children: XmlElement[];
  }
  const root: OpenElement = { name: '', text: '', children: [] };
  const open: OpenElement[] = [root];
  walkXml(xml, {
    open: (name) => {
      const element: OpenElement = { name, text: '', children: [] };
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    text: (text) => {
      const element = open.at(-1);
      if (element) element.text += text;
    },
    close: () => void open.pop(),
  });
  const [element] = root.children;
  if (element === undefined) throw new WecomCallbackError('malformed', 'the XML has no element');
  return element;
}

/** The first child of that name; undefined when there is none. */
export const findChild = (element: XmlElement, name: string): XmlElement | undefined =>
  element.children.find((child) => child.name === name);

/** The trimmed text of the first child of that name; undefined when there is none or it is blank. */
export const readChildText = (element: XmlElement, name: string): string | undefined =>
  findChild(element, name)?.text.trim() || undefined;

/**
 * The same XML with the content of some elements replaced, everything else as it came. `replace` is given the
 * name of each element without children and its text, and gives the new text, or undefined to leave it.
 * @throws WecomCallbackError of kind malformed
 */
export function replaceXmlTexts(
  xml: string,
  replace: (name: string, text: string) => string | undefined,
): string {
  const open: { name: string; text: string; hasChildren: boolean }[] = [];
  let result = '';
  let copied = 0;
  walkXml(xml, {
    open: (name) => {
      const parent = open.at(-1);
      if (parent) parent.hasChildren = true;
      open.push({ name, text: '', hasChildren: false });
    },
    text: (text) => {
      const element = open.at(-1);
      if (element) element.text += text;
    },
    close: (end, start) => {
      const element = open.pop();
      if (element === undefined || element.hasChildren || start === end) return;
      const text = replace(element.name, element.text);
      if (text === undefined) return;
      result += `${xml.slice(copied, start)}<![CDATA[${text.replaceAll(']]>', '')}]]>`;
      copied = end;
    },
  });
  return result + xml.slice(copied);
}
