import { describe, expect, it } from 'vitest';
import { runSummary } from '../../src/cli/run-summary.ts';
import { situations } from './situations.ts';

const all = situations();

describe('what run prints', () => {
  it('says how many games of a family have a winner, and who wins a single game', () => {
    expect(runSummary(all.group)).toMatch(
      /^random:5: (None|\d) of 3 draws (has|have) a Condorcet winner; median cyclic/,
    );
    expect(runSummary(all.rps)).toMatch(/^rps: No Condorcet winner: the Smith set holds 3 of 3/);
  });

  it('names the unregularised gap where it is not the duality gap', () => {
    expect(runSummary(all.bimatrix)).toMatch(/unregularised gap[\s\S]*0\.02 nash-conv +0\.02 nash-conv/);
    expect(runSummary(all.rps)).not.toMatch(/regularized-gap +\S+ duality-gap/);
  });
});
