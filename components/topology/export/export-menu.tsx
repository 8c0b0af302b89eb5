'use client';

import { Download } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { useTopologyOptions } from '@/components/topology/use-topology-options';
import buttons from '@/components/ui/button.module.css';
import { useText } from '@/components/ui/text-provider';
import { download } from './download';
import styles from './export-menu.module.css';
import { pictureSvg } from './picture-svg';

/** The picture as it is drawn, or all that it is drawn from, as a file. */
export function ExportMenu() {
  const words = useText().topology.actions;
  const { body } = useTopologyScene();
  const { view } = useTopologyOptions();
  const name = `lictor-topology-${(body?.at ?? '').replace(/[:.]/g, '-')}`;
  const saveJson = () => download(`${name}.json`, 'application/json', `${JSON.stringify(body, null, 2)}\n`);
  const saveSvg = () => {
    const drawn = document.querySelector<HTMLElement>('.react-flow__viewport');
    if (drawn) download(`${name}.svg`, 'image/svg+xml', pictureSvg(drawn));
  };
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={buttons.quiet} disabled={body === undefined}>
        <Download size={14} aria-hidden="true" />
        {words.export}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align="end" sideOffset={6} aria-label={words.export}>
          <DropdownMenu.Item className={styles.item} onSelect={saveSvg} disabled={view === 'table'}>
            {words.svg}
            {view === 'table' ? <small>{words.nothingDrawn}</small> : null}
          </DropdownMenu.Item>
          <DropdownMenu.Item className={styles.item} onSelect={saveJson}>
            {words.json}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
