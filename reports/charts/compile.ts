import type { Spec } from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import { theme } from './theme.ts';

/** Vega-Lite to Vega in the theme. In a report the legends stand beside the figure, so the charts have none. */
export function compileChart(spec: TopLevelSpec, legends: 'in-chart' | 'none'): { spec: Spec; warnings: string[] } {
  const warnings: string[] = [];
  const config: Config = legends === 'none' ? { ...theme, legend: { disable: true } } : theme;
  const note = (...words: readonly unknown[]) => {
    warnings.push(words.join(' '));
    return logger;
  };
  const logger = { level: () => logger, error: note, warn: note, info: () => logger, debug: () => logger };
  const compiled = compile(spec, { config, logger: logger as never });
  return { spec: compiled.spec, warnings };
}
