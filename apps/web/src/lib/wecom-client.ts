/**
 * Whether the page is open inside the WeCom client, on a phone or a computer, or inside WeChat: both open
 * WeCom's page in the app, and cannot scan a QR code that they show themselves.
 */
export const isInWecom = (userAgent = navigator.userAgent): boolean =>
  /wxwork|micromessenger/i.test(userAgent);

interface WecomStart {
  /** In WeCom's client, or on its page for browsers. */
  mode: 'inApp' | 'web';
  /** Own path to come back to. */
  returnTo: string;
  /** Asks the member for the sensitive fields. */
  authorise?: boolean;
}

/** Address that starts a sign-in with WeCom; to navigate to, not to fetch. */
export function buildWecomStartPath({ mode, returnTo, authorise = false }: WecomStart): string {
  const query = new URLSearchParams({ mode, returnTo, ...(authorise && { authorise: 'true' }) });
  return `/api/v1/sign-in/wecom/start?${query}`;
}
