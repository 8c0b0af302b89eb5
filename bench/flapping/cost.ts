import { FlapDetector } from '@/lib/flapping/flap-detector';
import { flapSettingsBy } from '@/lib/flapping/flap-settings';
import { exampleInstance } from '@/lib/history/example-transition';
import { instanceSubject, serviceSubject } from '@/lib/history/subjects';
import type { Subject, Transition } from '@/lib/history/transition';

const SERVICES = 1_000;
const INSTANCES = 50_000;
const SLOT_MS = 30_000;
/** So many instances change before the CPU's time is read again: it is counted in whole µs. */
const TOGETHER = 1_000;
/** What is compiled on the way is measured by nobody. */
const WARM_SLOTS = 15;
const SLOTS = 30;

interface Member {
  readonly subject: Subject;
  readonly service: Subject;
  readonly check: string;
  isDown: boolean;
}

/** What it costs where each of 50,000 instances changes in each slot, and each flaps before long. CPU ms of a slot, and µs of a transition. */
export function measureCost(): {
  readonly slotsMs: number[];
  readonly transitionUs: number[];
  readonly flapping: number;
} {
  const fleet = members();
  const detector = new FlapDetector(flapSettingsBy([]), 300_000);
  const slotsMs: number[] = [];
  const transitionUs: number[] = [];
  let nowMs = 1_767_225_600_000;
  detector.advance('dc1', nowMs);
  for (let slot = 0; slot < WARM_SLOTS + SLOTS; slot += 1) {
    for (let from = 0; from < INSTANCES; from += TOGETHER) {
      const some = fleet.slice(from, from + TOGETHER);
      const changes = some.flatMap((member, at) => flip(member, nowMs + ((from + at) * SLOT_MS) / INSTANCES));
      const usedMs = cpuMs(() => {
        for (const transition of changes) detector.observe(transition);
      });
      if (slot >= WARM_SLOTS) transitionUs.push((usedMs * 1_000) / changes.length);
    }
    nowMs += SLOT_MS;
    const usedMs = cpuMs(() => detector.advance('dc1', nowMs));
    if (slot >= WARM_SLOTS) slotsMs.push(usedMs);
  }
  let flapping = 0;
  for (const { item, subject, flappingSinceMs } of detector.tracks()) {
    if (item === null && subject.kind === 'instance' && flappingSinceMs !== null) flapping += 1;
  }
  return { slotsMs, transitionUs, flapping };
}

/** CPU time that this process uses meanwhile, its collector's included. */
function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function members(): Member[] {
  return Array.from({ length: INSTANCES }, (_, at) => {
    const name = `service-${at % SERVICES}`;
    const id = `${name}-${Math.floor(at / SERVICES)}`;
    const subject = instanceSubject('dc1', name, exampleInstance(`node-${at % 500}`, id));
    return { subject, service: serviceSubject('dc1', name), check: `service:${id}`, isDown: false };
  });
}

/** As the record has it: the check, the instance, and now and then the service. */
function flip(member: Member, observedAtMs: number): Transition[] {
  const [from, to] = member.isDown ? ['critical', 'passing'] : ['passing', 'critical'];
  member.isDown = !member.isDown;
  const seen = { from, to, observedAtMs, index: 1, merged: false, unwatchedFromMs: null } as const;
  const own: Transition[] = [
    { ...seen, subject: member.subject, kind: 'check', item: member.check },
    { ...seen, subject: member.subject, kind: 'status', item: null },
  ];
  if (member.check.endsWith('-0')) own.push({ ...seen, subject: member.service, kind: 'status', item: null });
  return own;
}
