import { useEffect, useEffectEvent, useState } from 'react';

/** Counts whole seconds down and calls `onEnd` once at zero. `secondsLeft` is 0 while it does not run. */
export function useCountdown(onEnd: () => void) {
  const [secondsLeft, setSecondsLeft] = useState(0);
  const end = useEffectEvent(onEnd);
  useEffect(() => {
    if (secondsLeft <= 0) return;
    const timer = setTimeout(() => {
      setSecondsLeft(secondsLeft - 1);
      if (secondsLeft === 1) end();
    }, 1_000);
    return () => clearTimeout(timer);
  }, [secondsLeft]);
  return { secondsLeft, start: setSecondsLeft, stop: () => setSecondsLeft(0) };
}
