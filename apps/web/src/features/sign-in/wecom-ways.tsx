import { lazy, Suspense, useState } from 'react';
import { buildWecomStartPath } from '../../lib/wecom-client.ts';
import { describeWay } from './describe-way.ts';
import { useEntryTexts } from './use-entry-texts.ts';

// WeCom's SDK comes with it: fetched only once somebody opens it.
const WecomPanel = lazy(async () => ({ default: (await import('./wecom-panel.tsx')).WecomPanel }));

interface WecomWaysProps {
  /** What the admin called this way. */
  name: string;
  returnTo: string;
}

/** WeCom in a desktop browser: on WeCom's own page, or by a QR code here. */
export function WecomWays({ name, returnTo }: WecomWaysProps) {
  const texts = useEntryTexts().signIn;
  const [isPanelOpen, setPanelOpen] = useState(false);
  return (
    <>
      <p className="om-entry-lead">{texts.wecomLead}</p>
      <a className="om-button" href={buildWecomStartPath({ mode: 'web', returnTo })}>
        {describeWay(name, texts.wecom)}
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
        <Suspense fallback={<p role="status">{texts.qrLoading}</p>}>
          <WecomPanel returnTo={returnTo} />
        </Suspense>
      )}
    </>
  );
}
