/** Exit codes, as `interfaces.md` promises. */
export const exitCode = {
  /** Answered and certified. */
  certified: 0,
  /** Ran, but not certified: not converged, a theorem violated, a verification differed. */
  uncertified: 1,
  /** Misuse or bad input; nothing written. */
  misuse: 2,
  /** Limit reached or interrupted; partial results kept. */
  interrupted: 3,
} as const;

/** An abort signal that Ctrl-C raises; a second Ctrl-C ends the process at once. */
export function interruptSignal(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(exitCode.interrupted);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}
