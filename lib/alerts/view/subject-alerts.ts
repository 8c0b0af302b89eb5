import type { AlertRecord, AlertState } from '@/lib/alerts/alert-body';
import { instanceKey, nodeKey, serviceKey } from '@/lib/fleet/keys';
import { compareAlerts, isWatchdog } from './alert-order';

/** What a page is about. */
export type AlertedSubject =
  | { readonly kind: 'service' | 'node'; readonly dc: string; readonly name: string }
  | { readonly kind: 'instance'; readonly dc: string; readonly node: string; readonly id: string }
  | { readonly kind: 'datacenter'; readonly dc: string };

/** What calls somebody first; what is only about to last. */
const order: readonly AlertState[] = ['firing', 'acknowledged', 'silenced', 'suppressed', 'pending'];

/** Alerts that are open of what a page is about, worst first. An instance has none of its own: those that name it, and those of its node. */
export function subjectAlerts(alerts: readonly AlertRecord[], subject: AlertedSubject): AlertRecord[] {
  return inOrder(alerts.filter((alert) => isOpen(alert) && concerns(alert, subject)));
}

/** What fires anywhere, or in one datacenter and of Lictor's own: worst first, those that somebody looks after last. Neither silenced ones nor such whose cause another one tells. */
export function firingAlerts(alerts: readonly AlertRecord[], dc: string | null): AlertRecord[] {
  const fires = ({ state }: AlertRecord) => state === 'firing' || state === 'acknowledged';
  const isHere = ({ subject }: AlertRecord) => dc === null || subject.dc === dc || subject.dc === '';
  return inOrder(alerts.filter((alert) => isOpen(alert) && fires(alert) && isHere(alert)));
}

const isOpen = (alert: AlertRecord): boolean => alert.state !== 'resolved' && !isWatchdog(alert);

function inOrder(alerts: AlertRecord[]): AlertRecord[] {
  return alerts.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || compareAlerts(a, b));
}

function concerns({ subject, evidence }: AlertRecord, of: AlertedSubject): boolean {
  switch (of.kind) {
    case 'service':
      return subject.kind === 'service' && subject.key === serviceKey(of.dc, of.name);
    case 'node':
      return subject.kind === 'node' && subject.key === nodeKey(of.dc, of.name);
    case 'datacenter':
      return subject.dc === of.dc && subject.kind === 'datacenter';
    case 'instance': {
      if (subject.kind === 'node') return subject.key === nodeKey(of.dc, of.node);
      const key = instanceKey(of.dc, of.node, of.id);
      if (evidence.kind === 'critical') return evidence.instances.some((instance) => instance.key === key);
      return evidence.kind === 'flapping' && evidence.members.some((member) => member.key === key);
    }
  }
}
