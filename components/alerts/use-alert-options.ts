'use client';

import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { useTypedText } from '@/components/ui/use-typed-text';
import { ALERT_STATES } from '@/lib/alerts/alert-state';

const stateParser = parseAsStringLiteral(ALERT_STATES).withOptions({ history: 'push' });
const alertParser = parseAsString.withOptions({ history: 'push' });

/** Which alerts the reader wants, and which one is looked at; all of it is in the URL, so that a link shows the same. */
export function useAlertOptions() {
  const [filter, setFilter] = useTypedText('filter');
  const [state, setState] = useQueryState('state', stateParser);
  const [alert, setAlert] = useQueryState('alert', alertParser);
  return { filter: filter ?? '', setFilter, state, setState, alert, setAlert };
}
