import styles from './header.module.css';

/** Lictor's mark: a bundle of three rods, bound, and the axe's edge beside them. */
export function Mark() {
  return (
    <svg width="20" height="20" viewBox="0 0 20 20" fill="none" strokeLinecap="round" aria-hidden="true">
      <path className={styles.rods} d="M4 3.5v13M8.5 1.5v17M13 3.5v13" strokeWidth="2.2" />
      <path className={styles.edge} d="M17.2 6.5v7" strokeWidth="2.6" />
    </svg>
  );
}
