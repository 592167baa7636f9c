/** Lets waiting events in, such as Ctrl-C: cells shorter than a breath of the solve loop would never let one in. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
