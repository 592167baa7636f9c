import answer, { type BatchAnswer, type BatchTask } from '../../experiments/batch-worker.ts';

/** A worker that dies over the optimistic method, as one that is out of memory would. */
export default async function dying(task: BatchTask): Promise<BatchAnswer> {
  if (task.cells[0].cell.solver.name === 'optimistic') process.exit(7);
  return answer(task);
}
