'use client';

import Link from 'next/link';
import { useSplit } from '@/components/live/use-split';
import { serviceHref } from '@/components/ui/links';
import { useText } from '@/components/ui/text-provider';
import { visibleLine } from '@/lib/text/visible-text';
import type { TopologyNode } from '@/lib/topology/topology-body';
import styles from './panel.module.css';
import { Part } from './part';

/** How a service's traffic is divided between its versions: what is declared, and beside it what was seen, where that is counted. */
export function SplitPart({ node }: { node: TopologyNode }) {
  return node.split === null ? null : <Split node={node} split={node.split} />;
}

function Split({ node, split }: { node: TopologyNode; split: Readonly<Record<string, number>> }) {
  const text = useText();
  const words = text.topology;
  const { key, versions, dc, name } = node;
  const observed = useSplit(key).split?.observed ?? null;
  const shares = Object.entries(split).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const instances = (version: string) => (Object.hasOwn(versions, version) ? (versions[version] ?? 0) : 0);
  const seen = (version: string) => (observed && Object.hasOwn(observed, version) ? (observed[version] ?? 0) : 0);
  return (
    <Part
      title={words.panel.split}
      aside={
        <Link prefetch={false} href={serviceHref(dc, name)}>
          {words.panel.toSplit}
        </Link>
      }
    >
      <div className={styles.shares} aria-hidden="true">
        {shares.map(([version, share], index) => (
          <span key={version} data-version={index % 4} style={{ flexGrow: share }} />
        ))}
      </div>
      <table className={styles.split}>
        <thead>
          <tr>
            <th>{words.panel.version}</th>
            <th>{words.panel.declared}</th>
            {observed ? <th>{words.kinds.observed}</th> : null}
            <th>{words.panel.instances}</th>
          </tr>
        </thead>
        <tbody>
          {shares.map(([version, share], index) => (
            <tr key={version}>
              <th scope="row">
                <span data-version={index % 4} aria-hidden="true" />
                <bdi>{visibleLine(version)}</bdi>
              </th>
              <td>{words.share(share)}</td>
              {observed ? <td>{words.share(Math.round(seen(version) * 10) / 10)}</td> : null}
              <td>{text.number(instances(version))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}
