'use client';

import { useText } from '@/components/ui/text-provider';
import type { AlertRecord, Silence } from '@/lib/alerts/alert-body';
import { visibleLine } from '@/lib/text/visible-text';
import { useAlertWords } from './use-alert-words';
import { useWho } from './use-who';

/** What an alert's second line says: who looks after it, why nobody is called, what its cause is, or how bad it is. */
export function useAlertNote(alert: AlertRecord, silence: Silence | undefined, cause: AlertRecord | undefined): string {
  const text = useText();
  const words = useAlertWords();
  const who = useWho();
  const { state, acknowledged, silencedElsewhere } = alert;
  if (state === 'acknowledged' && acknowledged) {
    const by = text.alerts.by(who(acknowledged.by));
    return acknowledged.note === '' ? by : `${by}: ${visibleLine(acknowledged.note)}`;
  }
  if (state === 'silenced') {
    const [elsewhere] = silencedElsewhere;
    if (silence) return `${text.alerts.until(words.moment(silence.to))}${text.comma}${visibleLine(silence.reason)}`;
    if (elsewhere)
      return `${text.alerts.silencedAt(visibleLine(elsewhere.outlet))}${text.comma}${visibleLine(elsewhere.comment)}`;
  }
  if (state === 'suppressed' && cause) return text.alerts.causeIs(words.title(cause));
  return words.line(alert);
}
