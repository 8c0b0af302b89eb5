'use client';

import { useState } from 'react';
import type { AlertState } from '@/lib/alerts/alert-body';
import type { AlertLine } from '@/lib/alerts/view/alert-list';
import { isWatchdog } from '@/lib/alerts/view/alert-order';

/**
 * The alert that is shown: the chosen one, else the worst that is open as the page was opened. That one stays while it is in the list, for what somebody reads must not be taken
 * away by something worse. Null: nothing is open, and what is over was not asked for.
 */
export function useShownAlert(
  chosen: string | null,
  lines: readonly AlertLine[],
  state: AlertState | null,
): string | null {
  const [held, hold] = useState<string | null>(null);
  if (chosen !== null) return chosen;
  const isThere = held !== null && lines.some(({ kind, id }) => kind === 'alert' && id === held);
  const shown = isThere ? held : (lines.find((line) => isWorthALook(line, state))?.id ?? null);
  if (shown !== held) hold(shown);
  return shown;
}

function isWorthALook(line: AlertLine, state: AlertState | null): boolean {
  if (line.kind !== 'alert' || isWatchdog(line.alert)) return false;
  return state !== null || line.alert.state !== 'resolved';
}
