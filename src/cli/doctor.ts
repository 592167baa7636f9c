import { cpus, totalmem } from 'node:os';
import { Command } from 'commander';
import { provenance } from '../../experiments/provenance.ts';
import { catalogueGame } from '../../games/catalogue.ts';
import { openDatabase } from '../../games/comparisons/duckdb.ts';
import { zeroSumEquilibrium } from '../exact/zero-sum.ts';
import { backendStates } from '../numerics/backend-states.ts';
import { cpuBackend } from '../numerics/cpu/backend.ts';
import { blasFinding } from './blas-finding.ts';
import { exitCode } from './exit.ts';
import type { Finding } from './finding.ts';
import { print } from './streams.ts';
import { textTable } from './tables.ts';

async function probe(what: string, words: string, attempt: () => Promise<void>): Promise<Finding> {
  try {
    await attempt();
    return { what, works: true, words };
  } catch (error) {
    return { what, works: false, words: (error as Error).message };
  }
}

/** Tries each part that could fail on a machine. */
async function findings(): Promise<Finding[]> {
  return [
    ...(await backendStates()).map(({ name, dtype: _, ...state }) => ({ what: `backend ${name}`, ...state })),
    blasFinding(),
    await probe('linear programs', 'HiGHS (WebAssembly); needed by exact and inspect', async () => {
      await zeroSumEquilibrium(catalogueGame('rps'));
    }),
    await probe(
      'comparison files',
      'DuckDB; needed for CSV, JSONL and Parquet comparisons and .parquet traces',
      async () => {
        const database = await openDatabase();
        await database.query('SELECT 1');
        database.close();
      },
    ),
    await probe('ready data', 'vega-datasets; needed by movies and cars', async () => {
      catalogueGame('movies');
    }),
  ];
}

export function doctorCommand(finish: (code: number) => void): Command {
  return new Command('doctor')
    .description('which backends and parts work here, which do not and why')
    .option('--json', 'print one JSON object')
    .action(async (flags: { json?: boolean }) => {
      const found = await findings();
      const about = provenance(cpuBackend().info);
      const machine = {
        node: about.node,
        platform: about.platform,
        cpu: about.cpu,
        cores: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
      };
      if (flags.json)
        print(
          JSON.stringify({ schema: 'nashlab-doctor/1', nashlab: about.nashlab, machine, findings: found }, null, 1),
        );
      else {
        print(
          `nashlab ${about.nashlab} · Node ${machine.node} · ${machine.platform} · ${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB\n`,
        );
        print(
          textTable(
            ['part', 'works here', 'what'],
            found.map(({ what, works, words }) => [what, works ? 'yes' : 'no', words]),
          ),
        );
        const advised = found.filter(({ advice }) => advice !== undefined);
        if (advised.length > 0)
          print(`\nFor more:\n${advised.map(({ what, advice }) => `  ${what}: ${advice}`).join('\n')}`);
      }
      const needed = found.filter(
        ({ what }) => what !== 'BLAS' && (!what.startsWith('backend') || what === 'backend cpu'),
      );
      finish(needed.every(({ works }) => works) ? exitCode.certified : exitCode.uncertified);
    });
}
