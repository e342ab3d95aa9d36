/** How far a process is: what readiness tells. */
export interface Lifecycle {
  phase: 'starting' | 'ready' | 'stopping';
  /** What a start is about, such as the migration under way. */
  step: string | undefined;
  /** Fires when the process begins to stop. */
  stopping: AbortSignal;
  stop(): void;
}

export function createLifecycle(): Lifecycle {
  const controller = new AbortController();
  const lifecycle: Lifecycle = {
    phase: 'starting',
    step: undefined,
    stopping: controller.signal,
    stop: () => {
      lifecycle.phase = 'stopping';
      controller.abort();
    },
  };
  return lifecycle;
}
