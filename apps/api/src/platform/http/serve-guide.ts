import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { layOutDocument } from './lay-out-document.ts';
import { type Locale, readLocale } from './locale.ts';
import { renderMarkdown } from './render-markdown.ts';

const docsFolder = fileURLToPath(new URL('../../../../../docs/', import.meta.url));
/** Names in docs/ and the shorter ones that the console links to. */
const documents: Record<string, string> = {
  setup: 'setup-guide',
  errors: 'errors',
  'setup-guide': 'setup-guide',
};

/** The documents of a language, as every page of documents links to them. */
export const listDocuments = (locale: Locale) => [
  { text: locale === 'zh' ? '配置指南' : 'Set-up guide', href: `/guide/setup?lang=${locale}` },
  { text: locale === 'zh' ? '错误与处理' : 'Errors', href: `/guide/errors?lang=${locale}` },
];

/**
 * The set-up guide and the list of errors, from the same files as in docs/, in either language. The documents
 * link to each other as files (`errors.zh.md`): those names work here as well.
 */
export function serveGuide(app: Express): void {
  app.use('/guide/images', express.static(`${docsFolder}images`, { maxAge: '1h', index: false }));
  app.get('/guide/:page', async (req, res, next) => {
    const [, name = '', fileLocale] = /^([a-z-]+?)(?:\.(zh|en)\.md)?$/.exec(req.params.page) ?? [];
    const document = Object.hasOwn(documents, name) ? documents[name] : undefined;
    if (document === undefined) return next();
    const asked = fileLocale ?? req.query.lang;
    const locale = asked === 'zh' || asked === 'en' ? asked : readLocale(req);
    res.type('html').send(await renderDocument(document, locale));
  });
}

async function renderDocument(document: string, locale: Locale): Promise<string> {
  const { html, headings } = renderMarkdown(await readFile(`${docsFolder}${document}.${locale}.md`, 'utf8'));
  const page = document === 'errors' ? '/guide/errors' : '/guide/setup';
  return layOutDocument({
    locale,
    title: headings.find(({ depth }) => depth === 1)?.text ?? '',
    body: html,
    contents: headings
      .filter(({ depth }) => depth === 2 || depth === 3)
      .map(({ id, text, depth }) => ({ text, depth, href: `#${id}` })),
    self: `${page}?lang=${locale}`,
    otherLanguage:
      locale === 'zh'
        ? { text: 'English', href: `${page}?lang=en` }
        : { text: '中文', href: `${page}?lang=zh` },
    documents: listDocuments(locale),
  });
}
