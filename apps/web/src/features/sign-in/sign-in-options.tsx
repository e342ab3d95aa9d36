import { lazy, Suspense, useState } from 'react';
import { buildWecomStartPath, isInWecom } from '../../lib/wecom-client.ts';
import { getOptionLabel } from './get-option-label.ts';
import { QrPlace } from './qr-place.tsx';
import { useSignInTexts } from './use-sign-in-texts.ts';

// Contains the SDK of WeCom: fetched only when opened.
const WecomPanel = lazy(async () => ({ default: (await import('./wecom-panel.tsx')).WecomPanel }));

/** At once where a phone can scan it: WeChat and WeCom's own client cannot scan what they show themselves. */
const canShowPanel = () => window.matchMedia('(min-width: 768px)').matches && !isInWecom();

interface WecomSignInOptionsProps {
  /** The name that the admin gave the provider. */
  name: string;
  returnTo: string;
}

/** Sign-in with WeCom in a desktop browser: on the page of WeCom, or by QR code here. */
export function WecomSignInOptions({ name, returnTo }: WecomSignInOptionsProps) {
  const texts = useSignInTexts().signIn;
  const [isPanelOpen, setPanelOpen] = useState(canShowPanel);
  return (
    <>
      <p className="om-sign-in-lead">{texts.wecomLead}</p>
      <a className="om-button" href={buildWecomStartPath({ mode: 'web', returnTo })}>
        {getOptionLabel(name, texts.wecom)}
      </a>
      <button
        type="button"
        className="om-second-button"
        aria-expanded={isPanelOpen}
        onClick={() => setPanelOpen(!isPanelOpen)}
      >
        {isPanelOpen ? texts.hideQr : texts.showQr}
      </button>
      {isPanelOpen && (
        <Suspense fallback={<QrPlace />}>
          <WecomPanel returnTo={returnTo} />
        </Suspense>
      )}
    </>
  );
}
