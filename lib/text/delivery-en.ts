import type { Outlet } from '@/lib/alerts/alert-body';

interface Wording {
  readonly number: (value: number) => string;
  readonly plural: (count: number, one: string, many: string) => string;
}

const state: Record<Outlet['state'], string> = {
  ok: 'delivers',
  failing: 'fails',
  idle: 'another Lictor sends',
  starting: 'not tried yet',
};

const kind: Record<Outlet['kind'], string> = { alertmanager: 'Alertmanager', webhook: 'webhook' };

/** What is said of where alerts are sent, and of what could not be. */
export const deliveryEn = ({ number, plural }: Wording) => ({
  title: 'Where alerts are sent',
  loading: 'Reading where alerts are sent',
  none: 'Alerts are sent nowhere',
  noneHint:
    'They are shown here alone. LICTOR_ALERTMANAGER_URL names an Alertmanager, and the file that LICTOR_CONFIG names may have webhooks.',
  state,
  kind,
  lastOk: (time: string) => `last delivered ${time}`,
  neverOk: 'nothing delivered yet',
  waiting: (count: number) => (count === 0 ? 'nothing waits' : `${number(count)} waiting`),
  holds: (count: number) => plural(count, 'silence of its own', 'silences of its own'),
  open: (name: string) => `Open ${name}`,
  given: (count: number) => plural(count, 'delivery given up', 'deliveries given up'),
  letters: 'Given up',
  lettersHint: 'Deliveries that failed as often as they are tried. They wait here until somebody decides.',
  noLetters: 'No delivery was given up',
  lettersFailed: 'What was given up cannot be read',
  alerts: (count: number) => plural(count, 'alert', 'alerts'),
  more: (count: number) => `+ ${number(count)}`,
  tries: (count: number, from: string, to: string) => `${plural(count, 'try', 'tries')}, ${from} – ${to}`,
  send: 'Send again',
  sendOf: (outlet: string) => `Send again to ${outlet}`,
  sending: 'Sending',
  discard: 'Discard',
  discardOf: (outlet: string) => `Discard the delivery to ${outlet}`,
  discardSure: 'Discard for good',
  keep: 'Keep',
  discarding: 'Discarding',
  changed: 'It was changed meanwhile. What stands now is shown.',
  failed: 'That failed',
  closed: 'This Lictor is read-only: nothing is sent or discarded from here.',
  unreachable:
    'Lictor did not answer, so it may have been done or not. What stands now is shown as soon as it answers.',
});
