/** How far a process is: what readiness tells. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'stopping';
  /** What a start is about, such as the migration under way. */
  step: string | undefined;
  /** Fires when what goes on and on must end, such as event streams. */
  stopping: AbortSignal;
  /** Tells who asks for readiness that the process is going to stop; everything else goes on. */
  announceStop(): void;
  /** Ends what goes on and on. */
  stop(): void;
}

export function createLifecycle(): Lifecycle {
  const controller = new AbortController();
  const lifecycle: Lifecycle = {
    phase: 'starting',
    step: undefined,
    stopping: controller.signal,
    announceStop: () => {
      lifecycle.phase = 'stopping';
    },
    stop: () => {
      lifecycle.announceStop();
      controller.abort();
    },
  };
  return lifecycle;
}
