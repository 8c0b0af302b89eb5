const NAME = /^lictor-\d+:(.*)$/;

/**
 * Browsers join a tab to the worker of the same script and name, also to one that hangs: the number tells a new one from it. The
 * script's address holds the hash of its contents, so that builds do not meet.
 */
export const workerName = (generation: number, basePath: string): string => `lictor-${generation}:${basePath}`;

/** The path prefix that Lictor is served under, as a worker reads it off its own name. */
export const basePathOf = (name: string): string => NAME.exec(name)?.[1] ?? '';
