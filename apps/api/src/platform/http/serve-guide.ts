import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import { marked } from 'marked';
import { readLocale } from './locale.ts';

const docsFolder = fileURLToPath(new URL('../../../../../docs/', import.meta.url));
/** Names in docs/ and the shorter ones that the console links to. */
const documents: Record<string, string> = {
  setup: 'setup-guide',
  errors: 'errors',
  'setup-guide': 'setup-guide',
};

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
    const source = await readFile(`${docsFolder}${document}.${locale}.md`, 'utf8');
    res.type('html').send(layOut(await marked.parse(source), locale));
  });
}

/** Our own documents only: nothing that a user wrote gets in here. */
const layOut = (body: string, locale: 'zh' | 'en'): string => `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>OrgMirror 组织镜像</title>
<style>
:root { color-scheme: light dark; }
body { font: 15px/1.75 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif;
  max-width: 820px; margin: 32px auto; padding: 0 20px; }
h1 { font-size: 26px; } h2 { font-size: 19px; margin-top: 36px; border-bottom: 1px solid #8884; padding-bottom: 6px; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid #8884; padding: 6px 10px; text-align: left; vertical-align: top; }
code { font-family: ui-monospace, Consolas, monospace; font-size: 0.92em; background: #8882; border-radius: 4px; padding: 1px 4px; }
pre code { display: block; padding: 12px; overflow-x: auto; }
img { max-width: 100%; border: 1px solid #8884; border-radius: 6px; }
a { color: #0958d9; } @media (prefers-color-scheme: dark) { a { color: #69a5ff; } }
</style>
</head>
<body>${body}</body>
</html>
`;
