'use client';

import { useText } from '@/components/ui/text-provider';
import type { HeaderRoute } from '@/lib/release/split-body';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './around.module.css';

interface RouteFieldsProps {
  readonly route: HeaderRoute;
  readonly versions: readonly string[];
  readonly change: (part: Partial<HeaderRoute>) => void;
}

/** A header, its value, and the version that gets what bears them. */
export function RouteFields({ route, versions, change }: RouteFieldsProps) {
  const { release } = useText();
  const choices = versions.includes(route.version) ? versions : [route.version, ...versions];
  return (
    <span className={styles.route}>
      <input
        type="text"
        aria-label={release.header}
        placeholder={release.header}
        spellCheck={false}
        autoComplete="off"
        maxLength={256}
        value={route.header}
        onChange={(event) => change({ header: event.target.value })}
      />
      <input
        type="text"
        aria-label={release.headerValue}
        placeholder={release.headerValue}
        spellCheck={false}
        autoComplete="off"
        maxLength={1_024}
        value={route.value}
        onChange={(event) => change({ value: event.target.value })}
      />
      <select
        className={styles.select}
        aria-label={release.toVersion}
        value={route.version}
        onChange={(event) => change({ version: event.target.value })}
      >
        {choices.map((version) => (
          <option key={version} value={version}>
            {visibleLine(version)}
          </option>
        ))}
      </select>
    </span>
  );
}
