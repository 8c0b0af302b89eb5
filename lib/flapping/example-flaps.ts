import type { CheckStatus, Status } from '@/lib/fleet/model';
import { exampleArrival, exampleFlip, exampleInstance } from '@/lib/history/example-transition';
import type { RecordedInstance } from '@/lib/history/recorded';
import { serviceSubject } from '@/lib/history/subjects';
import type { Transition } from '@/lib/history/transition';
import type { FlapEdge } from './datacenter-flaps';
import { FlapDetector } from './flap-detector';
import { flapSettingsBy } from './flap-settings';

/** A record for tests, told to a detector as it is made. Times are s since its beginning. */
export class FlapStory {
  readonly detector = new FlapDetector(flapSettingsBy([]), 300_000);
  readonly transitions: Transition[] = [];
  /** What began and ended: `120 begins dc1/a/web-1`. */
  readonly edges: string[] = [];

  constructor(private readonly startMs = 1_767_225_600_000) {
    this.watched(0);
  }

  atMs = (s: number): number => this.startMs + s * 1_000;

  tell(transition: Transition): void {
    this.transitions.push(transition);
    this.note(this.detector.observe(transition));
  }

  watched(untilS: number): void {
    this.note(this.detector.advance('dc1', this.atMs(untilS)));
  }

  note(edges: readonly FlapEdge[]): void {
    for (const { atMs, edge, subject, item } of edges) {
      const of = item === null ? subject.key : `${subject.key} ${item}`;
      this.edges.push(`${(atMs - this.startMs) / 1_000} ${edge} ${of}`);
    }
  }

  flip(s: number, instance: RecordedInstance, from: Status, to: Status | null): void {
    this.tell(exampleFlip(this.atMs(s), 'web', instance, from, to));
  }

  arrive(s: number, instance: RecordedInstance): void {
    this.tell(exampleArrival(this.atMs(s), 'web', instance));
  }

  check(s: number, instance: RecordedInstance, from: CheckStatus | null, to: CheckStatus | null, item = 'http'): void {
    const flip = exampleFlip(this.atMs(s), 'web', instance, from ?? 'passing', to ?? 'passing');
    this.tell({ ...flip, kind: 'check', item, from, to });
  }

  version(s: number, instance: RecordedInstance, to: string): void {
    const flip = exampleFlip(this.atMs(s), 'web', instance, 'passing', 'passing');
    this.tell({ ...flip, kind: 'version', from: '1.0.0', to });
  }

  service(s: number, from: Status, to: Status): void {
    const flip = exampleFlip(this.atMs(s), 'web', exampleInstance('a', 'web-1'), from, to);
    this.tell({ ...flip, subject: serviceSubject('dc1', 'web') });
  }

  /** Down and up again, so many times. */
  cycles(fromS: number, times: number, periodS: number, instance: RecordedInstance, downS = periodS / 2): void {
    for (let n = 0; n < times; n += 1) {
      this.flip(fromS + n * periodS, instance, 'passing', 'critical');
      this.flip(fromS + n * periodS + downS, instance, 'critical', 'passing');
    }
  }
}
