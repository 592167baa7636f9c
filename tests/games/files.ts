import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder that is removed after the tests of the file, and a way to put files there. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'nashlab-games-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    write(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
