import type { Locale } from './locale.ts';

interface DocumentLink {
  readonly text: string;
  readonly href: string;
}

interface DocumentLayout {
  readonly locale: Locale;
  readonly title: string;
  /** HTML of our own: nothing that a user wrote gets in here. */
  readonly body: string;
  /** Of the headings below the title, in order; `depth` 3 is indented below 2. */
  readonly contents: readonly (DocumentLink & { readonly depth: number })[];
  /** Of the address that is laid out, with what the same page is called in the other language. */
  readonly self: string;
  readonly otherLanguage?: DocumentLink;
  /** The documents beside each other in the header. */
  readonly documents: readonly DocumentLink[];
}

const texts = {
  zh: { name: '组织镜像', back: '返回控制台', documents: '文档', contents: '目录', lang: 'zh-CN' },
  en: {
    name: 'OrgMirror',
    back: 'Back to the console',
    documents: 'Documents',
    contents: 'Contents',
    lang: 'en',
  },
} as const;

export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A page to read, without scripts: a header with the way back, the contents beside or above, the text. */
export function layOutDocument(layout: DocumentLayout): string {
  const { locale, title, body, contents, self, otherLanguage, documents } = layout;
  const { name, back, documents: documentsLabel, contents: contentsLabel, lang } = texts[locale];
  const links = documents.map(({ text, href }) => {
    const current = href === self ? ' aria-current="page"' : '';
    return `<a href="${escapeHtml(href)}"${current}>${escapeHtml(text)}</a>`;
  });
  const entries = contents.map(
    ({ text, href, depth }) =>
      `<li class="depth-${depth}"><a href="${escapeHtml(href)}">${escapeHtml(text)}</a></li>`,
  );
  const language = otherLanguage
    ? `<a href="${escapeHtml(otherLanguage.href)}">${escapeHtml(otherLanguage.text)}</a>`
    : '';
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · ${name}</title>
<link rel="icon" href="/favicon.svg">
<style>${style}</style>
</head>
<body>
<header>
<a class="brand" href="/"><img src="/favicon.svg" alt="">${name}</a>
<nav aria-label="${documentsLabel}">${links.join('')}</nav>
<span class="ways"><a href="/">${back}</a>${language}</span>
</header>
<div class="page">
<details class="contents"><summary>${contentsLabel}</summary><ul>
${entries.join('\n')}
</ul></details>
<main>${body}</main>
</div>
</body>
</html>
`;
}

const style = `
:root { color-scheme: light dark; --ground: #f5f6f8; --surface: #fff; --line: #e3e6ea; --text: #1c2026;
  --text-2: #4d5561; --link: #0958d9; --code: #f2f4f7; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #0f1114; --surface: #17191d; --line: #2a2e35; --text: #e6e8eb; --text-2: #b3b9c2;
    --link: #6aa6f8; --code: #20242a; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 16px; }
tr:target { background: var(--code); }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 15px/1.75 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 20px; padding: 10px 20px;
  background: var(--surface); border-bottom: 1px solid var(--line); font-size: 14px; }
header a { display: inline-block; padding: 2px 0; text-decoration: none; }
header nav { display: flex; flex-wrap: wrap; gap: 0 16px; }
header nav a { color: var(--text-2); }
header nav a[aria-current] { color: var(--text); font-weight: 600; }
.brand { display: inline-flex; align-items: center; gap: 8px; color: var(--text); font-weight: 600; }
.brand img { width: 24px; height: 24px; border: 0; }
.ways { display: flex; gap: 16px; margin-left: auto; }
.page { max-width: 1240px; margin: 0 auto; padding: 20px; }
main { min-width: 0; padding: 8px 28px 28px; background: var(--surface); border: 1px solid var(--line);
  border-radius: 8px; overflow-wrap: anywhere; }
.contents { margin-bottom: 16px; font-size: 14px; }
.contents summary { padding: 4px 0; font-weight: 600; cursor: pointer; }
.contents ul { list-style: none; margin: 0; padding: 0; }
.contents a { display: block; padding: 3px 0; color: var(--text-2); text-decoration: none; line-height: 1.5; }
.contents a:hover { color: var(--link); }
.contents .depth-3 { padding-left: 14px; font-size: 13px; }
h1 { font-size: 24px; line-height: 1.4; }
h2 { font-size: 19px; margin-top: 36px; border-bottom: 1px solid var(--line); padding-bottom: 6px; }
h3 { font-size: 16px; margin-top: 28px; }
table { width: 100%; border-collapse: collapse; font-size: 14px; line-height: 1.6; }
th, td { border: 1px solid var(--line); padding: 6px 10px; text-align: left; vertical-align: top; }
th { background: var(--code); white-space: nowrap; }
td { min-width: 6em; overflow-wrap: break-word; }
code { font-family: ui-monospace, Consolas, monospace; font-size: 0.92em; background: var(--code);
  border-radius: 4px; padding: 1px 4px; }
pre code { display: block; padding: 12px; overflow-x: auto; }
img { max-width: 100%; border: 1px solid var(--line); border-radius: 6px; }
@media (min-width: 1000px) {
  .page { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 28px; }
  .contents { position: sticky; top: 20px; max-height: calc(100vh - 40px); overflow-y: auto; }
  .contents summary { list-style: none; cursor: default; }
  .contents::details-content { content-visibility: visible; block-size: auto; }
}
@media (max-width: 1240px) {
  td { overflow-wrap: anywhere; }
}
@media (max-width: 700px) {
  .ways { margin-left: 0; }
  .page { padding: 12px; }
  main { padding: 0 14px 14px; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { padding: 8px 0; border-top: 1px solid var(--line); }
  td { padding: 2px 0; border: 0; }
  td::before { display: block; content: attr(data-label); color: var(--text-2); font-size: 12px; }
}
`;
