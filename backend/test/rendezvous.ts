/**
 * A place where so many have to be before any goes on: the answer is called by each of them. A control that leaves it
 * to chance whether everybody has looked before the first one writes fails on a machine that is busy.
 */
export function rendezvous(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void;
  const everybody = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing <= 0) open();
    return everybody;
  };
}
