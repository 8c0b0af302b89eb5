import type { JsonObject } from '@/lib/release/json';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { instanceTarget } from './instance-target';
import type { StandingInstance } from './standing-instance';

/** Puts another definition of an instance to whoever owns it. */
export function weightWrite(dc: string, instance: StandingInstance, after: JsonObject, stage: number): PlannedWrite {
  const { node, id, owner, definition: before, index } = instance;
  const common = { dc, target: instanceTarget(dc, instance), stage, node, id, before, after };
  if (owner === 'agent') return { kind: 'agent-service', ...common };
  return { kind: 'catalog-service', ...common, index };
}
