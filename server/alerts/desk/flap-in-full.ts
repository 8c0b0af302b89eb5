import type { AlertBody } from '@/lib/alerts/alert-body';
import type { FlapVerdict } from '@/lib/flapping/flap-verdict';

/** A verdict as the body of one alert has it. */
export function flapInFull({ subject, scales, transitions }: FlapVerdict): AlertBody['flap'] {
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return {
    member: subject.key,
    scores: scales.map(({ slotMs, slots, scores }) => {
      const firstMs = slots[0]?.fromMs ?? 0;
      return { slotMs, atMs: scores.map((_, at) => firstMs + at * slotMs), score: [...scores] };
    }),
    transitions: transitions.map(({ atMs, from, to, merged, instance }) => {
      return { at: iso(atMs), from, to, merged, instance };
    }),
  };
}
