import { visibleLine } from '@/lib/text/visible-text';
import styles from './chip.module.css';

const LONGEST = 64;

/** A tag, or a metadata entry. Text of others: shown as it is, cut when long, whole on hover. */
export function Chip({ children, name }: { children: string; name?: string }) {
  const value = visibleLine(children);
  const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
  const whole = name === undefined ? value : `${visibleLine(name)}=${value}`;
  return (
    <span className={styles.chip} title={whole}>
      {name === undefined ? null : <span className={styles.name}>{visibleLine(name)}=</span>}
      {shown}
    </span>
  );
}
