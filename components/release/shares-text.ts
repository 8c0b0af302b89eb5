import { shareOf } from '@/lib/release/shares/normalize-shares';
import { newestFirst } from '@/lib/release/slider/version-sequence';
import type { Shares } from '@/lib/release/split-body';
import type { Text } from '@/lib/text/en';
import { visibleLine } from '@/lib/text/visible-text';

/** Shares in words, in the order of the bar. `say`: the words of the reader's language. */
export function sharesText(say: Text['release']['shares'], shares: Shares, order: readonly string[] = []): string {
  const versions = newestFirst([...order, ...Object.keys(shares)]);
  return say(versions.map((version) => [visibleLine(version), shareOf(shares, version)]));
}
