'use client';

import { useState } from 'react';

/** `value`, or what it was last while it is undefined. */
export function useLastKnown<T>(value: T | undefined): T | undefined {
  const [last, setLast] = useState(value);
  if (value !== undefined && !Object.is(value, last)) setLast(value);
  return value ?? last;
}
