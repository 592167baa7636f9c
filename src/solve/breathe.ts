/** Lets waiting events in, such as Ctrl-C or a progress bar, which synchronous work would keep out. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
