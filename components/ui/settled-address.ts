/** An address that the browser does not take is not waited for longer, ms. */
const PATIENCE_MS = 1_000;

let underWay: Promise<unknown> | null = null;

/** Something is written into the address a little later; resolves when it is there. */
export function addressSettlesWith(write: Promise<unknown>): void {
  const mine = Promise.race([write, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]).finally(() => {
    if (underWay === mine) underWay = null;
  });
  underWay = mine;
}

/**
 * Lets a click on a link within wait until the address is settled: what is written into the address while Next is on its way to the next page takes that
 * page's place. For a capturing `onClick` around links.
 */
export function openWhenSettled(event: React.MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  // Another tab has an address of its own.
  if (underWay === null || !(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey)
    return;
  event.preventDefault();
  event.stopPropagation();
  void underWay.then(() => link.click());
}
