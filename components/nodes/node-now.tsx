'use client';

import { BodyAge } from '@/components/observed/body-age';
import { CheckTable } from '@/components/observed/check-table';
import { InstanceTable } from '@/components/observed/instance-table';
import { useText } from '@/components/ui/text-provider';
import type { FreshnessState, NodeBody } from '@/lib/fleet/model';

interface NodeNowProps {
  readonly dc: string;
  readonly body: NodeBody;
  readonly freshness: FreshnessState;
  readonly gone: boolean;
}

/** What a node's checks say, and what runs there. */
export function NodeNow({ dc, body, freshness, gone }: NodeNowProps) {
  const text = useText();
  const { node, checks, instances, at } = body;
  return (
    <>
      <CheckTable
        title={text.nodes.checks}
        checks={checks}
        dc={dc}
        freshness={freshness}
        gone={gone}
        unconfirmed={node.unconfirmed}
        aside={<BodyAge at={at} />}
      />
      <InstanceTable
        title={text.nodes.instances}
        names={text.nodes.placed}
        instances={instances}
        dc={dc}
        freshness={freshness}
        gone={gone}
      />
    </>
  );
}
