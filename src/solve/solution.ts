/** How a run ended. Only `converged` says that the certified gap reached the tolerance. */
export type ResultCode = 'converged' | 'step-limit' | 'stalled' | 'non-finite' | 'aborted';
