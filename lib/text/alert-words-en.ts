import type { AlertRecord } from '@/lib/alerts/alert-body';
import type { FlapEvidence } from '@/lib/alerts/evidence';
import { exactDuration } from './exact-duration';
import { visibleLine } from './visible-text';

interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
  readonly list: (items: readonly string[]) => string;
  readonly duration: (durationMs: number) => string;
}

/** What words are made of. */
export type ToldAlert = Pick<AlertRecord, 'subject' | 'evidence' | 'state'>;
/** A moment, ISO 8601, as the page says it: only it knows the reader's zone. */
export type SayMoment = (iso: string) => string;
export type FlapCauseEvidence = FlapEvidence['causes'][number];

const MOST_CHECKS = 3;
const watchdog = 'Watchdog';

/** What alerts say, made of their evidence. Names are others' text, and made visible here. */
export const alertWordsEn = ({ number, plural, list, duration }: Wording) => {
  const percent = (share: number) => `${number(Math.round(share * 10) / 10)} %`;
  const exact = (ms: number) => exactDuration(ms, { ms: 'ms', second: 's' }, duration);
  const instances = (count: number) => plural(count, 'instance', 'instances');
  const services = (count: number) => plural(count, 'service', 'services');
  const flapping = ({ subject }: ToldAlert, { flapping: some, all }: FlapEvidence) => {
    if (some === 0) return 'its status in sum';
    const one = all === 1 ? 'its only ' : `${number(some)} of ${number(all)} `;
    const [singular, many] = subject.kind === 'node' ? ['service', 'services'] : ['instance', 'instances'];
    return `${one}${all === 1 ? singular : many}`;
  };
  const checks = (ids: readonly string[]) =>
    list([
      ...ids.slice(0, MOST_CHECKS).map(visibleLine),
      ...(ids.length > MOST_CHECKS ? [`${number(ids.length - MOST_CHECKS)} more`] : []),
    ]);

  const title = ({ subject, evidence, state }: ToldAlert): string => {
    const name = visibleLine(subject.name);
    const over = state === 'resolved';
    const is = over ? 'was' : 'is';
    const has = over ? 'had' : 'has';
    switch (evidence.kind) {
      case 'flapping':
        return `${name} ${is} flapping`;
      case 'critical':
        return evidence.critical === evidence.all
          ? `${name} ${is} critical`
          : `${name}${over ? ' had' : ':'} ${number(evidence.critical)} of ${number(evidence.all)} critical`;
      case 'few-healthy':
        return evidence.healthy === 0
          ? `${name} ${has} no healthy instance`
          : `${name} ${has} ${number(evidence.healthy)} healthy of ${number(evidence.least)} needed`;
      case 'critical-share':
        return `${percent(evidence.share)} of ${name} ${is} critical`;
      case 'node-critical':
        return `Node ${name} ${is} critical`;
      case 'no-leader':
        return `${name} ${has} no leader`;
      case 'datacenter-lost':
        return evidence.freshness === 'denied'
          ? `${name} ${over ? 'refused' : 'refuses'} Lictor`
          : `${name} ${is} out of contact`;
      case 'mass-disappearance':
        return `Much of ${name} vanished at once`;
      case 'expiry':
        return `${evidence.what === 'certificate' ? 'Certificate' : 'Token'} ${over ? 'was near its end' : 'ends'}: ${visibleLine(evidence.name)}`;
      case 'watchdog':
        return watchdog;
    }
  };

  const line = (alert: ToldAlert, when: SayMoment): string => {
    const { evidence } = alert;
    switch (evidence.kind) {
      case 'flapping':
        return `${flapping(alert, evidence)}${evidence.periodMs === null ? '' : `, about every ${exact(evidence.periodMs)}`}`;
      case 'critical': {
        const check = evidence.instances[0]?.check ?? null;
        const share = `${number(evidence.critical)} of ${number(evidence.all)} critical`;
        return check === null ? share : `${share}, ${visibleLine(check)}`;
      }
      case 'few-healthy':
        return `${number(evidence.healthy)} of ${number(evidence.all)} healthy, ${number(evidence.least)} needed`;
      case 'critical-share':
        return `${number(evidence.critical)} of ${instances(evidence.all)} critical`;
      case 'node-critical':
        return `${services(evidence.serviceCount)}, ${instances(evidence.instances)} on it`;
      case 'no-leader':
        return 'nothing can be written';
      case 'datacenter-lost':
        return evidence.lastContactAt === null ? 'never heard from' : `last contact ${when(evidence.lastContactAt)}`;
      case 'mass-disappearance':
        return `${instances(evidence.instances)}, ${plural(evidence.nodes, 'node', 'nodes')}`;
      case 'expiry':
        return `ends ${when(evidence.expiresAt)}`;
      case 'watchdog':
        return 'always fires';
    }
  };

  const sentence = (alert: ToldAlert, when: SayMoment): string => {
    const { evidence, state } = alert;
    const over = state === 'resolved';
    switch (evidence.kind) {
      case 'flapping': {
        const who = flapping(alert, evidence);
        const one = evidence.flapping < 2;
        const go = over ? 'went down and came back' : one ? 'goes down and comes back' : 'go down and come back';
        const pace = evidence.periodMs === null ? 'without a steady period' : `about every ${exact(evidence.periodMs)}`;
        const count = `${evidence.atLeast ? 'at least ' : ''}${plural(evidence.changes, 'change', 'changes')}`;
        return `${who.charAt(0).toUpperCase()}${who.slice(1)} ${go} ${pace}: ${count} so far.`;
      }
      case 'critical':
        return `${number(evidence.critical)} of ${instances(evidence.all)} ${over ? 'were' : evidence.critical === 1 ? 'has been' : 'have been'} critical for longer than ${exact(evidence.longerThanMs)}.`;
      case 'few-healthy':
        return `${number(evidence.healthy)} of ${instances(evidence.all)} ${over ? 'passed or warned' : 'pass or warn'}; the rule asks for ${number(evidence.least)} at least.`;
      case 'critical-share':
        return `${number(evidence.critical)} of ${instances(evidence.all)} ${over ? 'were' : 'are'} critical, ${percent(evidence.share)}; the rule allows ${percent(evidence.above)}.`;
      case 'node-critical':
        return `${evidence.checks.length === 0 ? 'The node' : checks(evidence.checks)} ${over ? 'was' : 'is'} critical, and with it ${services(evidence.serviceCount)} that ${evidence.serviceCount === 1 ? 'runs' : 'run'} here.`;
      case 'no-leader':
        return 'No raft leader is known: Consul takes no write there, and what is read may be old.';
      case 'datacenter-lost':
        if (evidence.freshness === 'denied') return 'Consul refuses Lictor’s token there: nothing new is seen.';
        return evidence.lastContactAt === null
          ? 'Lictor has never had an answer from there: nothing is known of it.'
          : `There ${over ? 'was' : 'is'} no answer since ${when(evidence.lastContactAt)}: what is shown of it is from then.`;
      case 'mass-disappearance':
        return `${instances(evidence.instances)} and ${plural(evidence.nodes, 'node', 'nodes')} are in Consul’s answers no longer, and nothing confirms that they are gone.`;
      case 'expiry':
        return `The ${evidence.what} of ${visibleLine(evidence.name)} ends ${when(evidence.expiresAt)}. Without another one Lictor loses what it is for.`;
      case 'watchdog':
        return 'It fires as long as Lictor can tell anybody anything: where it stops, silence means nothing any more.';
    }
  };

  const cause = (one: FlapCauseEvidence): string => {
    switch (one.id) {
      case 'timeout-not-below-interval':
        return `A check may take ${exact(one.timeoutMs)} and is executed every ${exact(one.intervalMs)}: a slow answer looks like a fall.`;
      case 'in-step-with-interval':
        return `It comes back about every ${exact(one.periodMs)}, in step with its check, executed every ${exact(one.intervalMs)}: one slow or lost answer is enough for a fall.`;
      case 'one-node':
        return `On node ${visibleLine(one.node)} ${number(one.onNode.flapping)} of ${instances(one.onNode.all)} flap, elsewhere ${number(one.elsewhere.flapping)} of ${number(one.elsewhere.all)}: look at the node.`;
      case 'one-check':
        return `Of ${plural(one.checks, 'check', 'checks')} it is ${visibleLine(one.check)} alone.`;
      case 'deployments':
        return `${number(one.soonAfter)} of ${plural(one.falls, 'fall', 'falls')} came within ${exact(one.withinMs)} after one of ${plural(one.deployments, 'deployment', 'deployments')}.`;
    }
  };

  return { title, line, sentence, cause, exact, percent, watchdog };
};
