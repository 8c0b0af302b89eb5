'use client';

import { useNow } from '@/components/live/use-now';
import type { View } from '@/components/observed/use-view';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { Verdict } from '@/lib/fleet/verdict';
import { visibleLine } from '@/lib/text/visible-text';

type Wrong = Extract<Verdict, { kind: 'wrong' }>;
type Lost = Extract<Verdict, { kind: 'lost' }>;
type Good = Extract<Verdict, { kind: 'passing' | 'empty' }>;

/** The verdict in the reader's words; `note`: what it means, where that is more than the facts beside it. */
export function useVerdictText(verdict: Verdict | undefined, { fleet, connected, dc }: View) {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);

  const wrong = ({ worst, status, count }: Wrong): string => {
    const { service } = worst;
    const time = clock.momentToMinute(Date.parse(service.since), nowMs);
    const since = service.sinceAtLeast ? text.time.sinceAtLeast(time) : text.time.since(time);
    return count === 1
      ? text.verdict.wrongOne(status, visibleLine(service.name), worst.dc, since)
      : text.verdict.wrong(status, count, worst.dc, since);
  };
  const lost = ({ notLive }: Lost) => {
    const names = notLive.map((part) => part.dc);
    if (!connected) return { sentence: text.verdict.lostConnection, note: text.verdict.lostNote };
    if (notLive.every(({ state }) => state === 'denied')) {
      return { sentence: text.verdict.denied(names), note: text.verdict.deniedNote };
    }
    return { sentence: text.verdict.lost(names), note: text.verdict.lostNote };
  };
  const except = ({ notLive, partial }: Good, sentence: string) => {
    const names = notLive.map((part) => part.dc);
    const exceptions = [
      ...(names.length > 0 ? [text.verdict.except(names)] : []),
      ...(partial.length > 0 ? [text.verdict.inPart(partial)] : []),
    ];
    return { sentence: [sentence, ...exceptions].join('; '), note: null };
  };

  if (!verdict) return { sentence: text.verdict.waiting, note: null };
  switch (verdict.kind) {
    case 'none':
      if (!connected) return { sentence: text.verdict.lostConnection, note: text.verdict.lostNote };
      if (fleet && !fleet.consul.reachable) {
        const since = text.time.since(clock.momentToMinute(Date.parse(fleet.consul.since), nowMs));
        return {
          sentence: text.verdict.unreachable(visibleLine(fleet.consul.address), since),
          note: text.subject.unreadHint,
        };
      }
      return { sentence: dc === null ? text.verdict.none : text.verdict.noSuchDatacenter(visibleLine(dc)), note: null };
    case 'lost':
      return lost(verdict);
    case 'wrong':
      return { sentence: wrong(verdict), note: null };
    case 'empty':
      if (verdict.partial.length > 0) return except(verdict, text.verdict.emptyInPart);
      return except(verdict, dc === null ? text.verdict.empty(verdict.datacenters) : text.verdict.emptyIn(dc));
    case 'passing': {
      const { services, datacenters } = verdict;
      return except(
        verdict,
        dc === null ? text.verdict.passing(services, datacenters) : text.verdict.passingIn(services, dc),
      );
    }
  }
}
