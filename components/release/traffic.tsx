'use client';

import { useFreshness } from '@/components/live/use-freshness';
import { useService } from '@/components/live/use-service';
import { useSplit } from '@/components/live/use-split';
import { Card, CardTitle } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import { serviceKey } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './traffic.module.css';
import { TrafficPanel } from './traffic-panel';

/** How the traffic of a service is divided between its versions, and the slider that moves it; a line where there is nothing to divide. */
export function Traffic({ dc, name }: { dc: string; name: string }) {
  const text = useText();
  const key = serviceKey(dc, name);
  const { split, isKnown } = useSplit(key);
  const { body, goneSince } = useService(key);
  const { state } = useFreshness(dc);
  if (!body || goneSince !== null) return null;
  const versions = Object.keys(body.service.versions);
  // Without a mechanism Consul has not been read yet.
  const isRead = split !== undefined && split.mechanisms.length > 0;
  if (isRead) return <TrafficPanel streamed={split} instances={body.instances} freshness={state} />;
  const [only] = versions;
  if (!split && (isKnown || versions.length < 2)) {
    const words = only === undefined ? text.release.noVersion : text.release.onlyVersion(visibleLine(only));
    return versions.length < 2 ? <p className={styles.quiet}>{words}</p> : null;
  }
  return (
    <Card className={styles.waiting} aria-busy="true">
      <CardTitle>{text.release.title}</CardTitle>
      <p>{split?.writeRefusal ? visibleLine(split.writeRefusal) : text.release.reading}</p>
    </Card>
  );
}
