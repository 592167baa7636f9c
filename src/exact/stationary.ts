/** log(exp a + exp b). */
function logAdd(a: number, b: number): number {
  if (a < b) return logAdd(b, a);
  const apart = b - a;
  return apart < -40 || b === -Infinity ? a : a + Math.log1p(Math.exp(apart));
}

/**
 * The stationary distribution of an irreducible Markov chain from the logarithms of its rates, so that rates of e^−10000
 * keep their digits. States leave one by one and hand their rates on to those that stay; nothing is ever subtracted
 * (Grassmann, Taksar and Heyman, *Regenerative analysis and steady state distributions for Markov chains*, 1985). O(n³).
 * @param logRates log of the rate from s to r at `[s·n + r]`, −Infinity for none; the diagonal is not read.
 * @returns log probabilities, `[n]`.
 */
export function stationaryDistribution(n: number, logRates: Float64Array): Float64Array {
  const rates = logRates.slice();
  const leaving = new Float64Array(n).fill(-Infinity);
  for (let k = n - 1; k > 0; k--) {
    for (let j = 0; j < k; j++) leaving[k] = logAdd(leaving[k], rates[k * n + j]);
    for (let i = 0; i < k; i++) {
      const share = rates[i * n + k] - leaving[k];
      if (!(share > -Infinity)) continue;
      for (let j = 0; j < k; j++)
        if (j !== i && rates[k * n + j] > -Infinity)
          rates[i * n + j] = logAdd(rates[i * n + j], share + rates[k * n + j]);
    }
  }
  const mass = new Float64Array(n).fill(-Infinity);
  mass[0] = 0;
  for (let k = 1; k < n; k++)
    for (let i = 0; i < k; i++) mass[k] = logAdd(mass[k], mass[i] + rates[i * n + k] - leaving[k]);
  const total = mass.reduce(logAdd, -Infinity);
  return mass.map((value) => value - total);
}

/** How far a distribution is from stationary: the largest |inflow/outflow − 1| of a state. */
export function imbalance(n: number, logRates: Float64Array, logMass: Float64Array): number {
  let worst = 0;
  for (let s = 0; s < n; s++) {
    let [inflow, outflow] = [-Infinity, -Infinity];
    for (let r = 0; r < n; r++) {
      if (r === s) continue;
      inflow = logAdd(inflow, logMass[r] + logRates[r * n + s]);
      outflow = logAdd(outflow, logMass[s] + logRates[s * n + r]);
    }
    worst = Math.max(worst, outflow === inflow ? 0 : Math.abs(Math.expm1(inflow - outflow)));
  }
  return worst;
}
