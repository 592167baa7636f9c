import type { CaseResult } from './suite.ts';
import { collected } from './vitest-stand-in.ts';

/** The files of `npm test` that put backends on trial; the bundle gives them the stand-in for vitest. */
const files: Readonly<Record<string, () => Promise<unknown>>> = {
  'ops.test.ts': () => import('../conformance/ops.test.ts'),
  'large-products.test.ts': () => import('../conformance/large-products.test.ts'),
  'backends.test.ts': () => import('../conformance/backends.test.ts'),
};

const caseLimitSeconds = 120;

/** Runs the conformance tests; a file that does not load is a failed case. */
export async function conformance(note: (line: string) => void): Promise<CaseResult[]> {
  const broken: CaseResult[] = [];
  for (const [name, load] of Object.entries(files)) {
    try {
      await load();
    } catch (error) {
      const { message } = error as Error;
      broken.push({ group: name, name: 'loads', outcome: 'failed', message, milliseconds: 0 });
    }
  }
  const results = await collected.run(caseLimitSeconds, ({ group, name, outcome, message }) => {
    if (outcome === 'failed') note(`FAILED ${group}: ${name}: ${message?.split('\n')[0]}`);
  });
  return [...broken, ...results];
}
