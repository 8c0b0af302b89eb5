import type { FlapDetector } from '@/lib/flapping/flap-detector';
import { KEPT_SLOTS } from '@/lib/flapping/slot-strip';
import type { Gap, RecordedTransition, TransitionKind } from '@/lib/history/transition';
import type { FlapBefore, FlapRecord } from './flap-record';

/** The kinds that say something of flapping or of its causes. */
const KINDS: readonly TransitionKind[] = [
  ...(['status', 'check', 'version', 'registered', 'deregistered', 'deployment', 'clock-set'] as const),
];
/** Read at once; a page takes the detector about 10 ms. */
const PAGE = 2_000;

export interface RecordedFlapsOptions {
  readonly record: FlapRecord;
  readonly detector: FlapDetector;
  /** The widest slots that the detector knows. */
  readonly widestSlotMs: number;
  readonly before: readonly FlapBefore[];
  readonly nowMs: number;
  /** From when on a datacenter is told by what is seen live; undefined: it is not live. */
  liveFromMs(dc: string): number | undefined;
  onTransition(transition: RecordedTransition): void;
}

/**
 * Tells a detector what the record holds of as long as it looks back.
 * @throws the record's error where it cannot be read
 */
export async function readRecordedFlaps(options: RecordedFlapsOptions): Promise<void> {
  const { record, detector, widestSlotMs, nowMs } = options;
  const fromMs = nowMs - KEPT_SLOTS * widestSlotMs;
  const [standing, gaps] = await Promise.all([record.standing(fromMs), record.gaps(fromMs, nowMs)]);
  for (const dc of standing.datacenters) detector.advance(dc, fromMs);
  resumeBefore(options, fromMs, new Set(standing.maintained.map(({ key }) => key)));
  for (const subject of standing.maintained) {
    const flappingSinceMs = detector.datacenter(subject.dc)?.trackOf(subject, null)?.flappingSinceMs ?? null;
    detector.resume(subject, null, fromMs, { flappingSinceMs, isInMaintenance: true });
  }
  const edges = new GapEdges(gaps, options);
  let afterId: number | null = null;
  for (;;) {
    const page: readonly RecordedTransition[] = await record.transitions({
      ...{ fromMs, toMs: nowMs, kinds: KINDS, afterId, limit: PAGE },
    });
    for (const transition of page) {
      const { subject, observedAtMs } = transition;
      edges.tellUntil(observedAtMs);
      if (subject.dc !== '' && observedAtMs >= (options.liveFromMs(subject.dc) ?? Number.POSITIVE_INFINITY)) continue;
      options.onTransition(transition);
      detector.observe(transition);
    }
    if (page.length < PAGE) break;
    afterId = page.at(-1)?.id ?? null;
  }
  edges.tellUntil(nowMs);
}

/** What began to flap so early that what shows it may lie before what is read. */
function resumeBefore(
  { before, detector, widestSlotMs }: RecordedFlapsOptions,
  fromMs: number,
  maintained: ReadonlySet<string>,
) {
  for (const { subject, item, sinceMs } of before) {
    if (sinceMs >= fromMs + (KEPT_SLOTS / 2) * widestSlotMs) continue;
    const isInMaintenance = item === null && maintained.has(subject.key);
    detector.resume(subject, item, fromMs, { flappingSinceMs: sinceMs, isInMaintenance });
  }
}

/** The beginnings and ends of gaps, told among the transitions in their order. */
class GapEdges {
  readonly #edges: readonly { readonly atMs: number; readonly dc: string; tell(): void }[];
  #told = 0;

  constructor(
    gaps: readonly Gap[],
    private readonly options: RecordedFlapsOptions,
  ) {
    const { detector } = options;
    const edges = gaps.flatMap(({ dc, fromMs, toMs }) => [
      { dc, atMs: fromMs, tell: () => detector.gapBegins(dc, fromMs) },
      ...(toMs === null ? [] : [{ dc, atMs: toMs, tell: () => detector.gapEnds(dc, toMs) }]),
    ]);
    this.#edges = edges.sort((a, b) => a.atMs - b.atMs);
  }

  tellUntil(atMs: number): void {
    for (let next = this.#edges[this.#told]; next && next.atMs <= atMs; next = this.#edges[this.#told]) {
      this.#told += 1;
      if (next.atMs < (this.options.liveFromMs(next.dc) ?? Number.POSITIVE_INFINITY)) next.tell();
    }
  }
}
