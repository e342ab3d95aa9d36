import type { ReactNode } from 'react';
import { useSignInTexts } from './use-sign-in-texts.ts';

/** The QR panel's place, of its full height before the panel is there: what stands around it must not move. */
export function QrPlace({ url, children }: { url?: string; children?: ReactNode }) {
  const texts = useSignInTexts().signIn;
  return (
    <div className="om-qr">
      <div className="om-qr-place">{children ?? <p role="status">{texts.qrLoading}</p>}</div>
      <p className="om-sign-in-note">
        {texts.qrFallback} <a href={url}>{texts.qrLink}</a>
      </p>
    </div>
  );
}
