'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useAlerts } from '@/components/live/use-alerts';
import { useConnection } from '@/components/live/use-connection';
import { useFleet } from '@/components/live/use-fleet';
import { useNodes } from '@/components/live/use-nodes';
import { allowStyles } from '@/components/ui/allow-styles';
import {
  alertsHref,
  nodesHref,
  overviewHref,
  servicesHref,
  systemHref,
  timelineHref,
  topologyHref,
} from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import type { AlertsBody } from '@/lib/alerts/alert-body';
import type { FleetBody, NodesBody } from '@/lib/fleet/model';
import { filterWords } from '@/lib/fleet/text-filter';
import { foundAlerts, foundInstances, foundNodes, foundServices } from './found';
import styles from './search-dialog.module.css';
import { SearchGroup } from './search-group';
import { useFoundInstances } from './use-found-instances';

const wholeFleet = (body: FleetBody) => body;
const allAlerts = (body: AlertsBody) => body.items;
const allNodes = (body: NodesBody) => body;

/** Leads to a page, a service, an alert, a node or an instance by parts of what it is called: the worst of what matches first. */
export function SearchDialog({ close }: { close: () => void }) {
  const text = useText();
  const router = useRouter();
  const fleet = useFleet(wholeFleet);
  const places = useNodes(allNodes);
  const connected = useConnection().phase !== 'stale';
  const [query, setQuery] = useState('');
  useState(allowStyles);
  const words = useMemo(() => filterWords(query), [query]);
  const services = useMemo(() => (fleet ? foundServices(fleet, connected, words) : []), [fleet, connected, words]);
  const nodes = useMemo(() => (places ? foundNodes(places, connected, words) : []), [places, connected, words]);
  const open = useAlerts(allAlerts);
  const { title } = text.alerts.words;
  const alerts = useMemo(
    () => (open && words.length > 0 ? foundAlerts(open, connected, words, title) : []),
    [open, connected, words, title],
  );
  const { total, asking, error, ...found } = useFoundInstances(query);
  const instances = useMemo(() => foundInstances(found.instances, connected), [found.instances, connected]);
  const pages = [
    { href: overviewHref(null), name: text.pages.overview },
    { href: servicesHref(null), name: text.pages.services },
    { href: nodesHref(null), name: text.pages.nodes },
    { href: alertsHref(null), name: text.alerts.title },
    { href: topologyHref(null), name: text.pages.topology },
    { href: timelineHref(null), name: text.pages.timeline },
    { href: systemHref(null), name: text.pages.system },
  ].filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  const go = (href: string) => {
    close();
    router.push(href);
  };
  return (
    <Dialog.Root open onOpenChange={(open) => open || close()}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.veil} />
        <Dialog.Content className={styles.dialog} aria-describedby={undefined}>
          <Dialog.Title className={styles.title}>{text.search.title}</Dialog.Title>
          <Command shouldFilter={false} label={text.search.title} loop>
            <Command.Input
              className={styles.input}
              value={query}
              onValueChange={setQuery}
              placeholder={text.search.placeholder}
            />
            <Command.List className={styles.list}>
              <Command.Empty className={styles.empty}>
                {error ?? (asking ? text.search.asking : text.search.nothing)}
              </Command.Empty>
              <SearchGroup heading={text.search.services} found={services} go={go} />
              <SearchGroup heading={text.alertsElsewhere.search} found={alerts} go={go} />
              <SearchGroup heading={text.search.nodes} found={nodes} go={go} />
              <SearchGroup heading={text.search.instances(instances.length, total)} found={instances} go={go} />
              {pages.length > 0 ? (
                <Command.Group className={styles.group} heading={text.search.pages}>
                  {pages.map(({ href, name }) => (
                    <Command.Item key={href} value={`page ${href}`} className={styles.item} onSelect={() => go(href)}>
                      {name}
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
