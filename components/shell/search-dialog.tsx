'use client';

import { Command } from 'cmdk';
import { setNonce } from 'get-nonce';
import { useRouter } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { useMemo, useState } from 'react';
import { useConnection } from '@/components/live/use-connection';
import { useFleet } from '@/components/live/use-fleet';
import { overviewHref, serviceHref, servicesHref, systemHref } from '@/components/ui/links';
import { StatusIcon } from '@/components/ui/status-icon';
import { useText } from '@/components/ui/text-provider';
import type { FleetBody } from '@/lib/fleet/model';
import { compareWorstFirst } from '@/lib/fleet/rank';
import { serviceRows } from '@/lib/fleet/service-row';
import { filterWords, matchesWords } from '@/lib/fleet/text-filter';
import { visibleLine } from '@/lib/text/visible-text';
import styles from './search-dialog.module.css';

/** The dialog locks the page's scrolling by a style element of its own, which the nonce policy would refuse. */
function allowStyles(): void {
  const script = document.querySelector<HTMLScriptElement>('script[nonce]');
  if (script?.nonce) setNonce(script.nonce);
}

/** More would not be read. */
const MOST = 12;
const whole = (body: FleetBody) => body;

/** Leads to a page or a service by a part of its name, tag, version or datacenter: the worst of what matches first. */
export function SearchDialog({ close }: { close: () => void }) {
  const text = useText();
  const router = useRouter();
  const fleet = useFleet(whole);
  const connected = useConnection().phase !== 'stale';
  const [query, setQuery] = useState('');
  useState(allowStyles);
  const words = useMemo(() => filterWords(query), [query]);
  const services = useMemo(() => {
    const rows = fleet ? serviceRows(fleet, connected) : [];
    return rows
      .filter((row) => matchesWords(row, words))
      .sort(compareWorstFirst)
      .slice(0, MOST);
  }, [fleet, connected, words]);
  const pages = [
    { href: overviewHref(null), name: text.pages.overview },
    { href: servicesHref(null), name: text.pages.services },
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
              <Command.Empty className={styles.empty}>{text.search.nothing}</Command.Empty>
              {services.length > 0 ? (
                <Command.Group className={styles.group} heading={text.search.services}>
                  {services.map(({ dc, service, freshness }) => (
                    <Command.Item
                      key={service.key}
                      value={`service ${service.key}`}
                      className={styles.item}
                      data-key={service.key}
                      data-status={service.status}
                      data-freshness={freshness}
                      onSelect={() => go(serviceHref(dc, service.name))}
                    >
                      <StatusIcon status={service.status} />
                      <bdi className={styles.name}>{visibleLine(service.name)}</bdi>
                      <span className={styles.aside}>{dc}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              ) : null}
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
