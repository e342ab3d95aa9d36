import { useEffect, useState } from 'react';

/**
 * For a dialog that exists only while it is open: when it goes, the focus is back where it was when it came.
 * antd does that only for dialogs that stay and close.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
    },
    [opener],
  );
}
