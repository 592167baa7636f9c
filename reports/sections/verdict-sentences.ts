import type { GuaranteeRecord, StoredRun } from '../../experiments/stored.ts';
import { groupedBy } from '../model/groups.ts';
import type { ReportHead } from '../model/head.ts';
import type { ReportModel } from '../model.ts';
import { capitalised, counted, formatNumber, listed } from '../number.ts';
import { inWords } from '../vocabulary.ts';
import { resultText, temperatureText } from '../words.ts';
import { fastestSentence } from './fastest-sentence.ts';

/** A run is certified when its gap reached the tolerance and it broke no theorem. */
function isCertified({ result, guarantee }: StoredRun): boolean {
  return result.code === 'converged' && guarantee?.status !== 'violated';
}

function ending({ result, guarantee, cell }: StoredRun): string {
  if (guarantee?.status === 'violated') return 'guarantee VIOLATED';
  return resultText({ code: result.code, tolerance: cell.tolerance });
}

/** `step limit reached`, or `2 step limit reached and 1 stalled` when they differ. */
function endings(runs: readonly StoredRun[]): string {
  const same = groupedBy(runs, ending);
  if (same.length === 1) return ending(runs[0]);
  return listed(same.map((group) => `${formatNumber(group.length)} ${ending(group[0])}`));
}

/** `all 6 runs`, `4 of 6 runs`, `the run`, `no run`. */
function share(count: number, of: number, addition = ''): string {
  if (count === 0) return `no run${addition}`;
  if (count < of) return `${formatNumber(count)} of ${counted(of, 'run')}${addition}`;
  return of === 1 ? `the run${addition}` : `all ${counted(of, 'run')}${addition}`;
}

function are(count: number): string {
  return count > 1 ? 'are' : 'is';
}

/** How many runs reached their tolerance, and what became of the others. */
function certified({ runs }: ReportModel): string {
  const asked = runs.filter((run) => run.cell.tolerance > 0);
  const free = runs.filter((run) => run.cell.tolerance === 0);
  const reached = asked.filter(isCertified);
  const others = asked.filter((run) => !isCertified(run));
  const parts: string[] = [];
  if (asked.length > 0) {
    const who = share(reached.length, asked.length, free.length === 0 ? '' : ' with a tolerance');
    parts.push(`${who} converged and ${are(reached.length)} certified`);
  }
  if (others.length > 0) parts.push(`${formatNumber(others.length)} ${are(others.length)} not (${endings(others)})`);
  if (free.length > 0) parts.push(`${counted(free.length, 'run')} had no tolerance (${endings(free)})`);
  return `${capitalised(parts.join('; '))}.`;
}

/** Whether the measured values stayed within what the theorems promise. */
export function guaranteeSentence({ runs }: ReportHead): string | undefined {
  const records = runs.flatMap((run) => run.guarantee ?? []);
  const count = (status: GuaranteeRecord['status']) => records.filter((record) => record.status === status).length;
  const [within, violated, outside, unmeasured] = (['within', 'violated', 'outside', 'unmeasured'] as const).map(count);
  const tested = within + violated;
  const parts: string[] = [];
  const theorems = (...of: GuaranteeRecord['status'][]) =>
    new Set(
      records.filter(({ status }) => of.includes(status)).map(({ statement, source }) => `${source} ${statement}`),
    ).size;
  const several = theorems('within', 'violated') > 1;
  const [bounds, them] = several ? ['the theorems’ bounds', 'them'] : ['the theorem’s bound', 'it'];
  if (violated > 0)
    parts.push(`${bounds} ${several ? 'are' : 'is'} VIOLATED in ${share(violated, tested)} that tested ${them}`);
  else if (tested > 0) parts.push(`${bounds} held in ${share(within, tested)} that tested ${them}`);
  if (outside > 0) {
    const whose = theorems('outside') > 1 ? 'their theorems’' : 'the theorem’s';
    parts.push(`${counted(outside, 'run')} ${are(outside)} outside ${whose} premises`);
  }
  if (unmeasured > 0) parts.push(`in ${counted(unmeasured, 'run')} the bound could not be tested`);
  return parts.length === 0 ? undefined : `${capitalised(parts.join('; '))}.`;
}

/** What the regularised answers are worth in the game without regularisation. */
function leftover({ leftovers }: ReportModel): string | undefined {
  if (leftovers.length === 0) return undefined;
  const parts = leftovers.map(({ temperature, metric, spread: { low, high } }) => {
    const [from, to] = [formatNumber(low), formatNumber(high)];
    return `at ${temperatureText(temperature)} a ${inWords(metric)} of ${from === to ? from : `${from} to ${to}`}`;
  });
  return `Converged answers of the regularised game leave, in the game without regularisation, ${listed(parts)}.`;
}

export function unfinishedSentence({ experiments }: ReportHead): string | undefined {
  const missing = experiments.reduce((total, experiment) => total + experiment.missing, 0);
  if (missing === 0) return undefined;
  return `${counted(missing, 'run')} of the experiment ${missing === 1 ? 'is' : 'are'} not finished and not in this report.`;
}

/** What the numbers say, most important first. */
export function verdictSentences(model: ReportModel): string[] {
  const sentences = [certified, guaranteeSentence, fastestSentence, leftover, unfinishedSentence].map((sentence) =>
    sentence(model),
  );
  return sentences.filter((sentence) => sentence !== undefined);
}
