'use client';

import { useEffect, useState } from 'react';
import { useLive } from './context';

/** The server's time at which this tab saw `holds` become true, ISO 8601; null while it is false. */
export function useBeginning(holds: boolean): string | null {
  const { core } = useLive();
  const [beginning, setBeginning] = useState<string | null>(null);
  useEffect(() => {
    setBeginning(holds ? new Date(core.serverClock.nowMs()).toISOString() : null);
  }, [holds, core]);
  return holds ? beginning : null;
}
