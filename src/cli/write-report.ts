import writeFileAtomic from 'write-file-atomic';
import type { LoadedExperiment } from '../../experiments/stored.ts';
import { NashlabError } from '../core/errors.ts';
import { lookUp } from '../core/names.ts';

/**
 * Renders a report and writes it. The templates are loaded here, when one is needed, since charts are most of the
 * start-up time.
 * @param template name of the template; the one that the first experiment asks for by default.
 */
export async function writeReport(
  file: string,
  experiments: readonly LoadedExperiment[],
  template?: string,
): Promise<void> {
  const { reports } = await import('../../reports/catalogue.ts');
  const where = template === undefined ? undefined : '--template';
  const { render } = lookUp('report template', reports, template ?? experiments[0].experiment.report, where);
  const html = await render(experiments);
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
