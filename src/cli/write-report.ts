import writeFileAtomic from 'write-file-atomic';
import type { LoadedExperiment } from '../../experiments/stored.ts';
import { NashlabError } from '../core/errors.ts';
import { lookUp } from '../core/names.ts';

/**
 * Renders the report that the first experiment asks for, and writes it. The templates are loaded here, when one is
 * needed, since charts are most of the start-up time.
 */
export async function writeReport(file: string, experiments: readonly LoadedExperiment[]): Promise<void> {
  const { reports } = await import('../../reports/catalogue.ts');
  const html = lookUp('report', reports, experiments[0].experiment.report).render(experiments);
  try {
    writeFileAtomic.sync(file, html);
  } catch (cause) {
    throw new NashlabError('unwritable', {
      what: `the report cannot be written: ${(cause as Error).message}`,
      where: file,
      expected: 'a file in an existing folder you may write to; choose one with nashlab report -o',
      cause,
    });
  }
}
