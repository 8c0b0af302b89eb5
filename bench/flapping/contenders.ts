import { FlapDetector } from '@/lib/flapping/flap-detector';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import type { LabelledHistory, Step } from './labelled-history';
import { icinga, nagios, type PlainFormula } from './plain-formulas';

/** Something was said to begin to flap. */
export interface Said {
  /** ms since 1970. */
  readonly atMs: number;
  /** What: always the same where there is but one thing. */
  readonly of: string;
}

export type Contender = (history: LabelledHistory) => Said[];

const settingsBy = flapSettingsBy([]);
const SLOT_MS = 30_000;

/** Whatever of the history it says to flap: a check, an instance or the service. */
const lictor: Contender = ({ transitions, fromMs, toMs }) => {
  const detector = new FlapDetector(settingsBy, 300_000);
  const begins: Said[] = [];
  detector.advance('dc1', fromMs - 1);
  let nextMs = fromMs;
  for (const transition of transitions) {
    for (; nextMs < transition.observedAtMs; nextMs += SLOT_MS) detector.advance('dc1', nextMs);
    for (const { edge, atMs, subject, item } of detector.observe(transition)) {
      if (edge === 'begins') begins.push({ atMs, of: `${subject.kind} ${subject.key} ${item}` });
    }
  }
  detector.advance('dc1', toMs);
  return begins;
};

/** @param everyMs null: at the executions of Consul's own check */
const plain =
  (formula: () => PlainFormula, everyMs: number | null): Contender =>
  ({ found, fromMs, toMs, intervalMs }) => {
    const judged = formula();
    const begins: Said[] = [];
    const stepMs = everyMs ?? intervalMs;
    let was = false;
    let at = 0;
    let status: Step['status'] = 'passing';
    for (let nowMs = fromMs + stepMs; nowMs < toMs; nowMs += stepMs) {
      for (; (found[at]?.atMs ?? toMs) <= nowMs; at += 1) status = found[at]?.status ?? status;
      const is = judged.execute(STATES[status]);
      if (is && !was) begins.push({ atMs: nowMs, of: '' });
      was = is;
    }
    return begins;
  };

const STATES = { passing: 0, warning: 1, critical: 2 } as const;

/** Nagios has 20 and 30% built in and 5 and 20% in the configuration that comes with it. */
export const contenders: Readonly<Record<string, Contender>> = {
  Lictor: lictor,
  'Nagios 20/30%, each execution': plain(() => nagios(30, 20), null),
  'Nagios 5/20%, each execution': plain(() => nagios(20, 5), null),
  'Icinga 2, each execution': plain(icinga, null),
  'Nagios 20/30%, once a minute': plain(() => nagios(30, 20), 60_000),
  'Nagios 5/20%, once a minute': plain(() => nagios(20, 5), 60_000),
  'Icinga 2, once a minute': plain(icinga, 60_000),
  'Nagios 20/30%, every 5 min': plain(() => nagios(30, 20), 300_000),
  'Nagios 5/20%, every 5 min': plain(() => nagios(20, 5), 300_000),
  'Icinga 2, every 5 min': plain(icinga, 300_000),
};
