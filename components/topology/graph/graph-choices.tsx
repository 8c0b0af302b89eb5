'use client';

import { Crosshair, X } from 'lucide-react';
import { useMemo } from 'react';
import { useTopologyScene } from '@/components/topology/topology-scene';
import { MOST_HOPS, useTopologyOptions } from '@/components/topology/use-topology-options';
import segmented from '@/components/ui/segmented.module.css';
import { useText } from '@/components/ui/text-provider';
import { parsePair } from '@/lib/fleet/keys';
import { visibleLine } from '@/lib/text/visible-text';
import { groupingKeys, parseGrouping, suitableGrouping, writtenGrouping } from '@/lib/topology/view/grouping';
import { edgesShown } from '@/lib/topology/view/shown-edges';
import styles from './graph-choices.module.css';

/** What of it is drawn, and how: which edges, in which groups, around which service. */
export function GraphChoices() {
  const words = useText().topologyGraph.choices;
  const { edges, setEdges } = useTopologyOptions();
  return (
    <div className={styles.choices}>
      <fieldset className={segmented.group} aria-label={words.edges}>
        {edgesShown.map((shown) => (
          <button key={shown} type="button" aria-pressed={edges === shown} onClick={() => void setEdges(shown)}>
            {words.edgesShown[shown]}
          </button>
        ))}
      </fieldset>
      <GroupChoice />
      <FocusChoice />
    </div>
  );
}

function GroupChoice() {
  const words = useText().topologyGraph.choices;
  const { body } = useTopologyScene();
  const { group, setGroup, open, setOpen } = useTopologyOptions();
  const nodes = body?.nodes;
  const keys = useMemo(() => groupingKeys(nodes ?? []), [nodes]);
  const inForce = parseGrouping(group) ?? suitableGrouping(nodes ?? []);
  // A link may name a key that nothing bears now.
  const shownKeys = inForce.by === 'meta' && !keys.includes(inForce.key) ? [...keys, inForce.key] : keys;
  return (
    <>
      <label className={styles.field}>
        <span>{words.group}</span>
        <select value={writtenGrouping(inForce)} onChange={(event) => void setGroup(event.target.value)}>
          <option value="service">{words.each}</option>
          <option value="datacenter">{words.datacenter}</option>
          <option value="tag">{words.tag}</option>
          {shownKeys.map((key) => (
            <option key={key} value={writtenGrouping({ by: 'meta', key })}>
              {visibleLine(key)}
            </option>
          ))}
        </select>
      </label>
      {open.length > 0 ? (
        <button type="button" className={styles.button} onClick={() => void setOpen([])}>
          {words.closeGroups}
        </button>
      ) : null}
    </>
  );
}

function FocusChoice() {
  const words = useText().topologyGraph.choices;
  const { chosen, focus, setFocus, up, setUp, down, setDown } = useTopologyOptions();
  const pair = parsePair(focus ?? chosen ?? '');
  if (!pair) return null;
  const name = visibleLine(pair.name);
  if (focus === null) {
    return (
      <button type="button" className={styles.button} onClick={() => void setFocus(chosen)}>
        <Crosshair size={13} aria-hidden="true" />
        {words.focusHere(name)}
      </button>
    );
  }
  return (
    <fieldset className={styles.focus} aria-label={words.focus(name)}>
      <Crosshair size={13} aria-hidden="true" />
      <span>{words.focus(name)}</span>
      <Hops label={words.up} sign="↑" hops={up} choose={(hops) => void setUp(hops)} />
      <Hops label={words.down} sign="↓" hops={down} choose={(hops) => void setDown(hops)} />
      <button type="button" onClick={() => void setFocus(null)} aria-label={words.leave} title={words.leave}>
        <X size={13} aria-hidden="true" />
      </button>
    </fieldset>
  );
}

interface HopsProps {
  readonly label: string;
  readonly sign: string;
  readonly hops: number;
  readonly choose: (hops: number) => void;
}

function Hops({ label, sign, hops, choose }: HopsProps) {
  return (
    <label title={label}>
      <span aria-hidden="true">{sign}</span>
      <input
        type="number"
        aria-label={label}
        min={0}
        max={MOST_HOPS}
        value={hops}
        onChange={(event) => choose(event.target.valueAsNumber || 0)}
      />
    </label>
  );
}
