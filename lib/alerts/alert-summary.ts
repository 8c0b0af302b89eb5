import { type DurationUnit, durationParts } from '@/lib/text/duration-parts';
import { visibleLine } from '@/lib/text/visible-text';
import type { AlertSubject } from './alert-body';
import type { Evidence, FlapEvidence } from './evidence';

/** Of a name or a reason: what others wrote must not make a sentence without end. */
const MOST_QUOTED = 200;
const MOST_LISTED = 3;

/** What an alert tells, as one English sentence on one line. */
export function alertSummary(subject: AlertSubject, evidence: Evidence): string {
  const name = quoted(subject.name);
  const where = subject.dc === '' || subject.kind === 'datacenter' ? name : `${name} in ${quoted(subject.dc)}`;
  switch (evidence.kind) {
    case 'flapping':
      return `${where} flaps: ${flapText(subject, evidence)}.`;
    case 'critical':
      return criticalText(where, evidence);
    case 'few-healthy':
      return `${where} has ${evidence.healthy} of ${counted(evidence.all, 'instance')} healthy, fewer than ${evidence.least}.`;
    case 'critical-share':
      return `${where} has ${evidence.critical} of ${counted(evidence.all, 'instance')} critical: ${percent(evidence.share)}, more than ${percent(evidence.above)}.`;
    case 'node-critical':
      return nodeText(where, evidence);
    case 'no-leader':
      return `${where} has no leader: Consul takes no writes there, and what it answers may be old.`;
    case 'datacenter-lost':
      return lostText(where, evidence);
    case 'mass-disappearance':
      return `${where} lost ${counted(evidence.instances, 'instance')} and ${counted(evidence.nodes, 'node')} at once, which is not confirmed: ${sentencePart(evidence.reason)}.`;
    case 'expiry':
      return `The ${evidence.what} for ${quoted(evidence.name)} expires at ${utcMinute(evidence.expiresAt)}.`;
    case 'watchdog':
      return 'Lictor watches: this alert always fires, so that its absence is noticed.';
  }
}

function flapText({ kind }: AlertSubject, { flapping, all, periodMs, changes, atLeast }: FlapEvidence): string {
  const inside = kind === 'node' ? 'service' : 'instance';
  return [
    ...(flapping > 0 ? [`${flapping} of ${counted(all, inside)}`] : []),
    ...(periodMs === null ? [] : [`about every ${durationText(periodMs)}`]),
    `${atLeast ? 'at least ' : ''}${counted(changes, 'change')}`,
  ].join(', ');
}

function criticalText(where: string, evidence: Extract<Evidence, { kind: 'critical' }>): string {
  const { instances, critical, all, longerThanMs } = evidence;
  const longer = longerThanMs > 0 ? ` for more than ${durationText(longerThanMs)}` : '';
  const names = instances.map(({ id, node }) => `${quoted(id)} on ${quoted(node)}`);
  return `${where} has ${critical} of ${counted(all, 'instance')} critical${longer}: ${listed(names, critical)}.`;
}

function nodeText(where: string, evidence: Extract<Evidence, { kind: 'node-critical' }>): string {
  const { checks, services, serviceCount, instances } = evidence;
  const because = checks.length === 0 ? '' : ` by ${listed(checks.map(quoted), checks.length)}`;
  if (serviceCount === 0) return `Node ${where} is critical${because}; no service runs there.`;
  const inside = `${counted(instances, 'instance')} of ${counted(serviceCount, 'service')}`;
  return `Node ${where} is critical${because}, with ${inside}: ${listed(services.map(quoted), serviceCount)}.`;
}

function lostText(where: string, evidence: Extract<Evidence, { kind: 'datacenter-lost' }>): string {
  const { freshness, lastContactAt, reason } = evidence;
  const what = {
    stale: `${where} is not up to date`,
    lost: `There is no contact to ${where}`,
    denied: `${where} refuses Lictor’s token`,
  }[freshness];
  const last = lastContactAt === null ? 'it has never answered' : `it answered last at ${utcSecond(lastContactAt)}`;
  return `${what}; ${last}${reason === null ? '' : `: ${sentencePart(reason)}`}.`;
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
/** Cut, not rounded: 99.96 % is not all. */
const percent = (share: number): string => `${Math.floor(share * 10 + 1e-9) / 10} %`;
const utcMinute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;
const utcSecond = (iso: string): string => `${iso.slice(0, 19).replace('T', ' ')} UTC`;

const units: Record<DurationUnit, string> = { day: 'd', hour: 'h', minute: 'min', second: 's' };
const durationText = (ms: number): string =>
  durationParts(ms, 2)
    .map(({ value, unit }) => `${value} ${units[unit]}`)
    .join(' ');

/** The first few, and how many there are beside. */
function listed(items: readonly string[], all: number): string {
  const shown = items.slice(0, MOST_LISTED);
  return all > shown.length ? `${shown.join(', ')} and ${all - shown.length} more` : shown.join(', ');
}

function quoted(text: string): string {
  const characters = Array.from(visibleLine(text));
  return characters.length > MOST_QUOTED ? `${characters.slice(0, MOST_QUOTED).join('')}…` : characters.join('');
}

/** A sentence of somebody else as the end of this one. */
const sentencePart = (text: string): string => quoted(text).replace(/[.\s]+$/, '');
