// @ts-check

const EVERY_MS = 500;

/**
 * Under npm, takes the end of the parent for a request to end. npm runs a script in a shell, which a SIGTERM to npm ends without a word to what it runs; the
 * script would go on, with its servers, and nobody would be left who knows of it.
 */
export function watchParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, EVERY_MS);
  watch.unref();
}
