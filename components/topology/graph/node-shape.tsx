import type { TopologyNodeKind } from '@/lib/topology/topology-body';
import { type Arc, arcsOf, type StatusCounts } from '@/lib/topology/view/tally';
import styles from './node-shape.module.css';

type ShapeKind = TopologyNodeKind | 'group';

/** Outlines around the middle, each begun at its top, so that a ring along any of them reads like a clock. */
const outlines: Record<ShapeKind, string> = {
  service: 'M0,-17A17,17 0 1 1 0,17A17,17 0 1 1 0,-17Z',
  any: 'M0,-17A17,17 0 1 1 0,17A17,17 0 1 1 0,-17Z',
  absent: 'M0,-17A17,17 0 1 1 0,17A17,17 0 1 1 0,-17Z',
  gateway: 'M0,-17H10L20,0L10,17H-10L-20,0L-10,-17Z',
  database: 'M0,-17C9,-17 15,-15 15,-12V12C15,15 9,17 0,17S-15,15 -15,12V-12C-15,-15 -9,-17 0,-17Z',
  queue: 'M0,-13H18Q20,-13 20,-11V11Q20,13 18,13H-18Q-20,13 -20,11V-11Q-20,-13 -18,-13Z',
  group: 'M0,-17H16Q20,-17 20,-13V13Q20,17 16,17H-16Q-20,17 -20,13V-13Q-20,-17 -16,-17Z',
};

const glyphs: Partial<Record<ShapeKind, string>> = {
  gateway: 'M-7,0H6M2,-4L6,0L2,4',
  database: 'M-15,-12C-15,-9 -9,-7 0,-7S15,-9 15,-12',
  queue: 'M-9,-6V6M-3,-6V6M3,-6V6M9,-6V6',
  any: 'M0,-6V6M-5.2,-3L5.2,3M-5.2,3L5.2,-3',
  absent: 'M-3,-4A3.4,3.4 0 1 1 0.6,0.6Q0,1 0,2.6M0,6V6.2',
};

/** Between two parts of a ring, of its length. */
const GAP = 0.018;

interface NodeShapeProps {
  readonly kind: ShapeKind;
  readonly counts: StatusCounts;
  /** Written in the middle; a group says how many it is. */
  readonly figure?: string;
  readonly split?: Readonly<Record<string, number>> | null;
}

/** A node: its kind by its shape, how its instances fare by the ring along it. */
export function NodeShape({ kind, counts, figure, split }: NodeShapeProps) {
  const outline = outlines[kind];
  const arcs = arcsOf(counts);
  return (
    <svg className={styles.shape} viewBox="-26 -26 52 52" width="52" height="52" aria-hidden="true" data-kind={kind}>
      {kind === 'group' ? <path className={styles.behind} d={outline} transform="translate(4 -4)" /> : null}
      <path className={styles.halo} d={outline} />
      <path className={styles.body} d={outline} />
      {arcs.map((arc) => (
        <RingPart key={arc.status} d={outline} arc={arc} alone={arcs.length === 1} />
      ))}
      {split ? <Versions split={split} /> : null}
      {figure !== undefined ? (
        <text className={styles.figure} y="4">
          {figure}
        </text>
      ) : glyphs[kind] ? (
        <path className={styles.glyph} d={glyphs[kind]} />
      ) : split ? null : (
        <circle className={styles.glyph} r="3.6" />
      )}
    </svg>
  );
}

function RingPart({ d, arc, alone }: { d: string; arc: Arc; alone: boolean }) {
  const length = Math.max(0.01, arc.to - arc.from - (alone ? 0 : GAP));
  return (
    <path
      className={styles.ring}
      data-tone={arc.status}
      data-paint
      d={d}
      pathLength={1}
      strokeDasharray={alone ? undefined : `${length} ${1 - length}`}
      strokeDashoffset={alone ? undefined : -arc.from}
    />
  );
}

/** What of the traffic each version is given, as a pie within the ring. */
function Versions({ split }: { split: Readonly<Record<string, number>> }) {
  const parts = Object.entries(split).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const total = parts.reduce((sum, [, share]) => sum + share, 0) || 1;
  let from = 0;
  return parts.map(([version, share], at) => {
    const length = share / total;
    const offset = -from;
    from += length;
    return (
      <circle
        key={version}
        className={styles.version}
        data-version={at % 4}
        r="7"
        transform="rotate(-90)"
        pathLength={1}
        strokeDasharray={`${Math.max(0.01, length - 0.03)} ${1 - Math.max(0.01, length - 0.03)}`}
        strokeDashoffset={offset}
      />
    );
  });
}
