import { NashlabError } from '../../src/core/errors.ts';

type Body = () => unknown;
type RowBody = (...row: never[]) => unknown;

export interface CaseResult {
  readonly group: string;
  readonly name: string;
  /** `name` of the row that the group was made for. */
  readonly about?: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly message?: string;
  readonly milliseconds: number;
}

interface Group {
  readonly title: string;
  readonly about: string | undefined;
  readonly before: Body[];
  readonly after: Body[];
  readonly cases: { readonly name: string; readonly body: Body | undefined }[];
}

export interface Suite {
  describe(title: string, body: Body): void;
  it(name: string, body: Body): void;
  describeEach(rows: readonly unknown[]): (title: string, body: RowBody) => void;
  itEach(rows: readonly unknown[]): (title: string, body: RowBody) => void;
  skip(name: string): void;
  beforeAll(body: Body): void;
  afterAll(body: Body): void;
  /**
   * Runs what was collected, group by group. A case without an answer after `limitSeconds` has failed.
   * @param heard called after every case.
   */
  run(limitSeconds: number, heard?: (result: CaseResult) => void): Promise<CaseResult[]>;
}

/** `$name` from a row that is an object; `%s` and its like, in order, from one that is a list. */
function titled(title: string, row: unknown): string {
  if (!Array.isArray(row))
    return title.replace(/\$(\w+)/g, (_, key) => String((row as Record<string, unknown> | null)?.[key]));
  let next = 0;
  return title.replace(/%[sdifj]/g, () => String(row[next++]));
}

const spread = (row: unknown): never[] => (Array.isArray(row) ? row : [row]) as never[];
const nameOf = (row: unknown): string | undefined => (row as { readonly name?: string } | null)?.name;

async function withinTime(body: Body, limitSeconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitSeconds} s`)), 1000 * limitSeconds);
  });
  try {
    await Promise.race([body(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Collects test cases as vitest does, and runs them anywhere: what conformance tests use of vitest, and no more. */
export function suite(): Suite {
  const groups: Group[] = [];
  let open: Group | undefined;
  const here = (word: string): Group => {
    if (open !== undefined) return open;
    throw new NashlabError('not-applicable', { what: `${word} outside describe`, expected: 'it inside a describe' });
  };
  const describe = (title: string, about: string | undefined, body: Body): void => {
    if (open !== undefined)
      throw new NashlabError('not-applicable', {
        what: `describe "${title}" inside describe "${open.title}"`,
        expected: 'groups side by side',
      });
    open = { title, about, before: [], after: [], cases: [] };
    groups.push(open);
    try {
      const made = body();
      // The cases of a body that waits would come after its group was closed.
      if (made instanceof Promise)
        throw new NashlabError('not-applicable', { what: `an async describe "${title}"`, expected: 'a plain one' });
    } finally {
      open = undefined;
    }
  };
  const it = (name: string, body: Body): void => {
    here('it').cases.push({ name, body });
  };

  return {
    describe: (title, body) => describe(title, undefined, body),
    it,
    describeEach: (rows) => (title, body) => {
      for (const row of rows) describe(titled(title, row), nameOf(row), () => body(...spread(row)));
    },
    itEach: (rows) => (title, body) => {
      for (const row of rows) it(titled(title, row), () => body(...spread(row)));
    },
    skip(name) {
      here('it').cases.push({ name, body: undefined });
    },
    beforeAll(body) {
      here('beforeAll').before.push(body);
    },
    afterAll(body) {
      here('afterAll').after.push(body);
    },
    async run(limitSeconds, heard) {
      const results: CaseResult[] = [];
      for (const { title, about, before, after, cases } of groups) {
        const record = async (name: string, body: Body | undefined, quiet = false): Promise<boolean> => {
          const started = performance.now();
          let failure: string | undefined;
          try {
            if (body !== undefined) await withinTime(body, limitSeconds);
          } catch (error) {
            failure = (error as Error)?.message ?? String(error);
          }
          if (quiet && failure === undefined) return true;
          const result: CaseResult = {
            group: title,
            name,
            ...(about === undefined ? {} : { about }),
            outcome: failure !== undefined ? 'failed' : body === undefined ? 'skipped' : 'passed',
            ...(failure === undefined ? {} : { message: failure }),
            milliseconds: Math.round(performance.now() - started),
          };
          results.push(result);
          heard?.(result);
          return failure === undefined;
        };
        let ready = true;
        for (const body of before) ready = ready && (await record('beforeAll', body, true));
        for (const { name, body } of cases)
          await record(
            name,
            ready || body === undefined
              ? body
              : () => {
                  throw new Error('its beforeAll failed');
                },
          );
        for (const body of after) await record('afterAll', body, true);
      }
      return results;
    },
  };
}
