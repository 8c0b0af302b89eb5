/** `next`, or `last` where that says the same: the same value, or a list of the same ones. */
function keepSame<T>(last: T | undefined, next: T): T {
  if (Object.is(last, next)) return next;
  const isSameList =
    Array.isArray(last) &&
    Array.isArray(next) &&
    last.length === next.length &&
    next.every((entry, at) => Object.is(entry, last[at]));
  return isSameList ? last : next;
}

/**
 * Reads what `select` takes of a body, once for each body. `last` gives what was rendered last: an equal selection is that same
 * object again, so that nobody renders for it.
 */
export function selectionOf<Body, T>(
  body: () => Body | undefined,
  select: (body: Body) => T,
  last: () => T | undefined,
): () => T | undefined {
  let seen: { body: Body; selection: T } | undefined;
  return () => {
    const now = body();
    if (now === undefined) return undefined;
    if (seen?.body !== now) seen = { body: now, selection: keepSame(seen?.selection ?? last(), select(now)) };
    return seen.selection;
  };
}
