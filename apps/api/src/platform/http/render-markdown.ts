import { Marked, type Token } from 'marked';
import { escapeHtml } from './lay-out-document.ts';

export interface Heading {
  readonly id: string;
  readonly text: string;
  /** From 1. */
  readonly depth: number;
}

export interface RenderedMarkdown {
  readonly html: string;
  /** In order; a page lists them as its contents. */
  readonly headings: readonly Heading[];
}

/**
 * Headings can be linked to, and so can rows that begin with a code, and errcodes of WeCom. Each cell of a table knows its column: on phones
 * its rows are cards.
 */
export function renderMarkdown(source: string): RenderedMarkdown {
  const headings: Heading[] = [];
  const marked = new Marked({
    renderer: {
      heading({ tokens, depth }) {
        const text = this.parser.parseInline(tokens, this.parser.textRenderer);
        const id = nameHeading(text, headings);
        headings.push({ id, text, depth });
        return `<h${depth} id="${escapeHtml(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens, text }) {
        const id = /^\d+$/.test(text) ? ` id="${text}"` : '';
        return `<a href="${escapeHtml(href)}"${id}>${this.parser.parseInline(tokens)}</a>`;
      },
      table({ header, rows }) {
        const labels = header.map(({ tokens }) => this.parser.parseInline(tokens, this.parser.textRenderer));
        const heads = header.map(({ tokens }) => `<th scope="col">${this.parser.parseInline(tokens)}</th>`);
        const body = rows.map((cells) => {
          const values = cells.map(
            ({ tokens }, column) =>
              `<td data-label="${escapeHtml(labels[column] ?? '')}">${this.parser.parseInline(tokens)}</td>`,
          );
          return `<tr${nameRow(cells[0]?.tokens)}>${values.join('')}</tr>`;
        });
        const head = `<thead><tr>${heads.join('')}</tr></thead>`;
        return `<table>${head}<tbody>\n${body.join('\n')}\n</tbody></table>\n`;
      },
    },
  });
  return { html: marked.parse(source, { async: false }), headings };
}

function nameRow(tokens: Token[] = []): string {
  const [first, ...more] = tokens;
  return first?.type === 'codespan' && more.length === 0 ? ` id="${escapeHtml(first.text)}"` : '';
}

/** As GitHub names headings, so that a link leads to the same place there and here. */
function nameHeading(text: string, earlier: readonly Heading[]): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
  const isTaken = (id: string) => earlier.some((heading) => heading.id === id);
  let id = name;
  for (let next = 1; isTaken(id); next += 1) id = `${name}-${next}`;
  return id;
}
