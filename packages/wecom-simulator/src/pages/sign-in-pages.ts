import type { ConsentField } from '../apps.ts';
import { createSeededRandom, hashText } from '../corp/random.ts';
import type { AuthorizeRequest } from './check-authorize.ts';
import { html, type Markup } from './html.ts';
import type { IdentityChoice } from './identity-choices.ts';

const fieldWords: Readonly<Record<ConsentField, string>> = {
  gender: '性别 Gender',
  avatar: '头像 Avatar',
  qr_code: '个人二维码 QR code',
  mobile: '手机号 Mobile',
  email: '邮箱 E-mail',
  biz_mail: '企业邮箱 Company e-mail',
  address: '地址 Address',
};

/** What both sign-in pages show. */
export interface SignInPageContent {
  readonly request: AuthorizeRequest;
  /** Path and query of the page itself; its form posts there. */
  readonly ownUrl: string;
  readonly query: ReadonlyMap<string, string>;
  readonly choices: readonly IdentityChoice[];
}

/** The error page, in the place of WeCom's own. */
export function presentSignInProblem(text: string): Markup {
  return html`<main class="narrow"><div class="card"><h1>出错了 <small>Something is wrong</small></h1>
<p role="alert">${text}</p></div></main>`;
}

function presentSearch({ query }: SignInPageContent): Markup {
  const kept = [...query].filter(([name]) => name !== 'q');
  return html`<form method="get">
${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>搜索成员 <small>Search</small><input type="text" name="q" value="${query.get('q') ?? ''}"></label>
<button class="plain">搜索 Search</button></form>`;
}

function presentIdentities(choices: readonly IdentityChoice[]): Markup {
  const options = choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`);
  return html`<label>以谁的身份 <small>Sign in as</small>
<select name="identity" size="8" required>${options}</select></label>`;
}

/** The consent page that the WeCom client shows; with privateinfo it asks field by field. */
export function presentConsentPage(content: SignInPageContent): Markup {
  const { app, requestsPrivateInfo } = content.request;
  const fields = requestsPrivateInfo ? (app?.grantedConsentFields ?? []) : [];
  return html`<main class="narrow"><div class="card">
<h1>${app?.name ?? '企业应用'} <small>模拟企业微信 · simulated WeCom client</small></h1>
${presentSearch(content)}
<form method="post" action="${content.ownUrl}">
${presentIdentities(content.choices)}
${fields.map(
  (field) => html`<label class="line"><input type="checkbox" name="agreed" value="${field}" checked>
允许获取 ${fieldWords[field]}</label>`,
)}
<label class="line"><input type="checkbox" name="remember" value="true">
这个浏览器就是此人的企业微信，下次静默登录 <small>remember: silent next time</small></label>
<button name="decision" value="agree">同意 Agree</button>
<button class="plain" name="decision" value="refuse" formnovalidate>拒绝 Refuse</button>
</form></div></main>`;
}

const qrSize = 21;

/** A picture that looks like a QR code; nothing can be read from it. */
function presentQrPicture(text: string): Markup {
  const random = createSeededRandom(hashText(text));
  const cells = Array.from({ length: qrSize * qrSize }, (_, index) => index).filter(() => random() < 0.5);
  const squares = cells.map((index) => `M${index % qrSize} ${Math.floor(index / qrSize)}h1v1h-1z`).join('');
  return html`<svg class="qr" viewBox="0 0 ${qrSize} ${qrSize}" role="img" aria-label="二维码 QR code">
<rect width="100%" height="100%" fill="#fff"/><path d="${squares}" fill="#111"/></svg>`;
}

/** The QR page that a desktop browser shows, whole or in the sign-in panel's frame. */
export function presentQrPage(content: SignInPageContent): Markup {
  const target = content.query.get('redirect_type') === 'top' ? '_top' : '_self';
  return html`<main class="narrow"><div class="card">
<h1>企业微信扫码登录 <small>WeCom sign-in · simulated</small></h1>
<p class="soft">登录 ${content.request.app?.name ?? ''}</p>
${presentQrPicture(content.ownUrl)}
${presentSearch(content)}
<form method="post" action="${content.ownUrl}" target="${target}">
${presentIdentities(content.choices)}
<button name="decision" value="agree">模拟扫码并确认 Pretend to scan</button>
<button class="plain" name="decision" value="refuse" formnovalidate>取消 Cancel</button>
</form></div></main>`;
}
