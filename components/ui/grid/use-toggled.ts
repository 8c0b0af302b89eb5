'use client';

import { useCallback, useState } from 'react';

const none: ReadonlySet<string> = new Set();

/** Ids of what its reader wants the other way than it is at first, and how to turn one over. */
export function useToggled(): { toggled: ReadonlySet<string>; toggle: (id: string) => void } {
  const [toggled, setToggled] = useState(none);
  const toggle = useCallback((id: string) => {
    setToggled((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  return { toggled, toggle };
}
