import { SingleBar } from 'cli-progress';
import { note } from './streams.ts';

/** Shows how far something is: a bar on a terminal, one line per 10 % elsewhere, nothing when quiet. */
export interface ProgressView {
  /** @param share done, from 0 to 1. */
  show(share: number, words: string): void;
  close(): void;
}

/** Nothing is shown for work that ends within this time. */
const patienceMs = 500;

export function progressView(title: string, quiet: boolean): ProgressView {
  if (quiet) return { show: () => {}, close: () => {} };
  const started = performance.now();
  if (process.stderr.isTTY) {
    let bar: SingleBar | undefined;
    return {
      show(share, words) {
        if (bar === undefined) {
          if (performance.now() - started < patienceMs) return;
          bar = new SingleBar({
            format: `${title} {bar} {percentage} % · {words}`,
            stream: process.stderr,
            clearOnComplete: true,
            hideCursor: true,
          });
          bar.start(1000, 0, { words });
        }
        bar.update(Math.round(1000 * share), { words });
      },
      close: () => bar?.stop(),
    };
  }
  let next = 10;
  return {
    show(share, words) {
      const percent = Math.floor(100 * share);
      if (percent < next || performance.now() - started < patienceMs) return;
      next = 10 * Math.floor(percent / 10) + 10;
      note(`${title}: ${percent} % · ${words}`);
    },
    close: () => {},
  };
}
