import type { Response } from 'express';
import { html, type Markup } from './html.ts';

/** Where the pages' style sheet is served. */
export const stylePath = '/simulator/style.css';

/** The pages' style sheet. */
export const styleSheet = `
:root { color-scheme: light dark; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --ground: #f6f8fa; --card: #fff;
  --accent: #0958d9; --warn: #9a6700; --warn-ground: #fff8c5; --ok-ground: #dafbe1; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d; --ground: #0d1117;
  --card: #151b23; --accent: #4c8dff; --warn: #d29922; --warn-ground: #2b2410; --ok-ground: #12261e; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.6 -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Segoe UI", sans-serif;
  color: var(--ink); background: var(--ground); }
main { max-width: 1120px; margin: 0 auto; padding: 24px 16px 64px; }
main.narrow { max-width: 440px; }
h1 { font-size: 20px; margin: 0 0 4px; } h2 { font-size: 15px; margin: 0 0 8px; }
.soft, small { color: var(--soft); } code { font-family: ui-monospace, Menlo, monospace; font-size: 13px; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 16px; margin-top: 16px; }
.columns { display: grid; grid-template-columns: minmax(260px, 340px) 1fr; gap: 16px; align-items: start; }
.forms { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); gap: 16px; }
@media (max-width: 760px) { .columns { grid-template-columns: 1fr; } }
.hint { background: var(--warn-ground); border-color: var(--warn); } .done { background: var(--ok-ground); }
ul.tree, ul.tree ul { list-style: none; margin: 0; padding-left: 14px; } ul.tree { padding-left: 0; }
a { color: var(--accent); text-decoration: none; } a:hover, a:focus { text-decoration: underline; }
a[aria-current] { font-weight: 600; }
label { display: block; margin-top: 8px; } label.line { display: flex; gap: 8px; align-items: center; }
input:not([type]), input[type=text], select { width: 100%; padding: 6px 8px; font: inherit; color: inherit;
  background: var(--ground); border: 1px solid var(--line); border-radius: 6px; }
button { margin-top: 12px; padding: 6px 14px; font: inherit; color: #fff; background: #0958d9; border: 0; border-radius: 6px;
  cursor: pointer; } button.plain { color: inherit; background: none; border: 1px solid var(--line); }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: 6px 8px; border-top: 1px solid var(--line);
  vertical-align: top; white-space: pre-wrap; overflow-wrap: anywhere; }
.scroll { max-height: 420px; overflow: auto; }
.qr { display: block; width: 176px; height: 176px; margin: 16px auto; }
`;

/** Sends a page: no scripts at all, styles only from this server. */
export function sendPage(response: Response, status: number, title: string, main: Markup): void {
  const page = html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="${stylePath}">
</head>
<body>${main}</body>
</html>
`;
  response.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'self'; img-src 'self'");
  response.setHeader('Referrer-Policy', 'no-referrer');
  response.status(status).type('html').send(page.markup);
}
