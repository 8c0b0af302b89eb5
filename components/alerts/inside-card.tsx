'use client';

import Link from 'next/link';
import { useCallback, useState } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { DatacenterAge } from '@/components/observed/datacenter-freshness';
import { Elapsed } from '@/components/observed/since';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import { compareAlerts } from '@/lib/alerts/view/alert-order';
import styles from './alert-detail.module.css';
import { AlertIcon } from './alert-icon';
import { EvidenceCard } from './evidence/evidence-card';
import { useAlertLinks } from './use-alert-links';
import { useAlertWords } from './use-alert-words';

const SHOWN_AT_FIRST = 12;

/** One cause, one alert: those that this one explains, for which nobody is called. */
export function InsideCard({ ids }: { ids: readonly string[] }) {
  const text = useText();
  const words = useAlertWords();
  const link = useAlertLinks();
  const [all, showAll] = useState(false);
  const select = useCallback(
    (body: AlertsBody) => {
      const wanted = new Set(ids);
      return body.items.filter(({ id }) => wanted.has(id)).sort(compareAlerts);
    },
    [ids],
  );
  const inside = useAlerts(select) ?? [];
  const shown = all ? inside : inside.slice(0, SHOWN_AT_FIRST);
  return (
    <EvidenceCard title={text.alerts.tells(ids.length)}>
      <ul className={styles.inside}>
        {shown.map((alert) => (
          <li key={alert.id} data-key={alert.id} data-status={alert.severity} data-alert-state={alert.state}>
            <AlertIcon alert={alert} size={14} />
            <Link {...link(alert.id)}>
              <bdi>{words.title(alert)}</bdi>
            </Link>
            <span>{words.line(alert)}</span>
            {alert.freshness === 'live' ? (
              <Elapsed iso={alert.since} atLeast={alert.sinceAtLeast} short />
            ) : (
              <DatacenterAge dc={alert.subject.dc} />
            )}
          </li>
        ))}
      </ul>
      {inside.length > shown.length ? (
        <button type="button" className={styles.more} onClick={() => showAll(true)}>
          {text.alerts.more(inside.length - shown.length)}
        </button>
      ) : null}
    </EvidenceCard>
  );
}
