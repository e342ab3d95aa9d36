/** XML with each element on a line of its own, two spaces deeper than its parent; as it is where it is no XML. */
export function indentXml(text: string): string {
  const parsed = new DOMParser().parseFromString(text, 'text/xml');
  if (parsed.querySelector('parsererror') !== null) return text;
  return write(parsed.documentElement, '');
}

function write(element: Element, indent: string): string {
  const children = [...element.children];
  if (children.length === 0) return indent + new XMLSerializer().serializeToString(element);
  const lines = children.map((child) => write(child, `${indent}  `));
  return [`${indent}<${element.tagName}>`, ...lines, `${indent}</${element.tagName}>`].join('\n');
}
