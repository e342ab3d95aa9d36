import type { endpoints, Problem, SignInPanel } from '@orgmirror/contracts';
import {
  ColorScheme,
  createWWLoginPanel,
  WWLoginLangType,
  WWLoginPanelSizeType,
  WWLoginRedirectType,
  WWLoginType,
} from '@wecom/jssdk';
import { useEffect, useRef, useState } from 'react';
import { usePreference } from '../../config/preference.ts';
import { languagePreference } from '../../config/preferences.ts';
import { QrPlace } from './qr-place.tsx';
import { SignInProblem } from './sign-in-problem.tsx';
import { sendRequest } from './sign-in-requests.ts';
import { useSignInTexts } from './use-sign-in-texts.ts';

/** The only host that WeCom's SDK knows: it builds the address itself. */
const sdkOrigin = 'https://login.work.weixin.qq.com';
/** A sign-in expires after 5 minutes: the panel starts a new one before that. */
const renewalIntervalMs = 4.5 * 60_000;

/** The QR panel of WeCom, and a link to the same page in case the panel does not load. */
export function WecomPanel({ returnTo }: { returnTo: string }) {
  const texts = useSignInTexts().signIn;
  const [panel, setPanel] = useState<SignInPanel | null>(null);
  const [problem, setProblem] = useState<Problem | null | undefined>(undefined);

  useEffect(() => {
    let isMounted = true;
    const start = async () => {
      const answer = await sendRequest<typeof endpoints.createSignInPanel>('post', '/sign-in/wecom/panel', {
        returnTo,
      });
      if (!isMounted) return;
      if (answer.kind === 'answered') setPanel(answer.body);
      else setProblem(answer.kind === 'problem' ? answer.problem : null);
    };
    void start();
    const timer = setInterval(start, renewalIntervalMs);
    return () => {
      isMounted = false;
      clearInterval(timer);
    };
  }, [returnTo]);

  if (problem !== undefined) return <SignInProblem problem={problem} />;
  if (panel === null) return <QrPlace />;
  return (
    <QrPlace url={panel.url}>
      {new URL(panel.url).origin === sdkOrigin ? (
        <SdkPanel panel={panel} />
      ) : (
        <OwnFrame url={panel.url} title={texts.qrTitle} />
      )}
    </QrPlace>
  );
}

/**
 * Like the SDK's panel: a frame that redirects the whole window after sign-in. For private editions of WeCom.
 */
function OwnFrame({ url, title }: { url: string; title: string }) {
  const address = new URL(url);
  address.searchParams.set('redirect_type', 'top');
  return <iframe title={title} src={address.href} width={320} height={380} />;
}

function SdkPanel({ panel }: { panel: SignInPanel }) {
  const texts = useSignInTexts().signIn;
  const place = useRef<HTMLDivElement>(null);
  const language = usePreference(languagePreference);
  useEffect(() => {
    if (place.current === null) return;
    const { el, unmount } = createWWLoginPanel({
      el: place.current,
      params: {
        login_type: WWLoginType.corpApp,
        appid: panel.appId,
        agentid: String(panel.agentId),
        redirect_uri: panel.redirectUri,
        state: panel.state,
        redirect_type: WWLoginRedirectType.top,
        panel_size: WWLoginPanelSizeType.small,
        lang: language === 'zh-CN' ? WWLoginLangType.zh : WWLoginLangType.en,
        color_scheme: ColorScheme.Auto,
      },
    });
    el.title = texts.qrTitle;
    return unmount;
  }, [panel, language, texts]);
  return <div ref={place} className="om-qr-sdk" />;
}
