'use client';

import { useState } from 'react';
import styles from './glow.module.css';

/**
 * Lets its positioned parent glow once whenever `of` changes, and rest otherwise: not when it first appears, for scrolling is no change.
 */
export function Glow({ of }: { of: string }) {
  const [seen, setSeen] = useState({ of, changes: 0 });
  if (seen.of !== of) setSeen({ of, changes: seen.changes + 1 });
  return seen.changes === 0 ? null : <span key={seen.changes} className={styles.glow} aria-hidden="true" />;
}
