/** A change carries the moment before it was written in its check's output. */
export const stampedOutput = (): string => `written at t=${Date.now()};`;

const STAMP = /written at t=(\d+);/g;

/** For each change in a text, how long ago it was written, ms. */
export function latenciesOf(text: string, nowMs: number): number[] {
  return [...text.matchAll(STAMP)].map(([, writtenAtMs]) => nowMs - Number(writtenAtMs));
}
