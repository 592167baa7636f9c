import { numberOfText } from '../fraction.ts';
import { type FlatPayoffs, jointActions } from '../players/payoff-tensor.ts';

/** For each joint action in the order of Gambit and GameTracer, the first player's action fastest: its index with the last one's fastest. */
export function firstPlayerFastest(size: readonly number[]): Int32Array {
  const order = new Int32Array(jointActions(size));
  const strides = size.map((_, player) => jointActions(size.slice(player + 1)));
  const joint = size.map(() => 0);
  let index = 0;
  for (let k = 0; k < order.length; k++) {
    order[k] = index;
    for (let player = 0; player < size.length; player++) {
      index += strides[player];
      if (++joint[player] < size[player]) break;
      index -= size[player] * strides[player];
      joint[player] = 0;
    }
  }
  return order;
}

/** One player's payoffs from texts of numbers; the texts are kept where one is no whole number, which doubles might round. */
export function payoffsOfTexts(texts: readonly string[]): FlatPayoffs {
  const values = Float64Array.from(texts, (text) => (numberOfText(text) as number) + 0);
  return values.every(Number.isInteger) ? { values } : { values, texts };
}
