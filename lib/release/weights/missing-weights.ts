import type { JsonObject } from '@/lib/release/json';
import type { PlannedWrite } from '@/lib/release/planned-write';
import { weightsOf } from './definition-weights';
import { maintenanceCheckId } from './maintenance-write';
import { namedInstances } from './named-instances';

/** An instance as the catalog shows it. */
interface Shown {
  readonly node: string;
  readonly id: string;
  readonly image: JsonObject;
  readonly checks: readonly { readonly id: string; readonly notes: string }[];
}

/** Which of these writes the catalog, by which clients go, does not show, a sentence; null: it shows all. */
export function missingWeights(writes: readonly PlannedWrite[], shown: readonly Shown[]): string | null {
  const byPlace = new Map(shown.map((instance) => [placeOf(instance), instance]));
  const missing = writes.flatMap((write) => {
    if (!('node' in write)) return [];
    const instance = byPlace.get(placeOf(write));
    return instance && shows(instance, write) ? [] : [write];
  });
  if (missing.length === 0) return null;
  return (
    `The catalog does not show what was written for ${namedInstances(missing)}: an agent brings it there in a moment; ` +
    'where it stays so, the owner wrote over it, or the agent has lost its servers.'
  );
}

type InstanceWrite = Extract<PlannedWrite, { node: string }>;

function shows({ image, checks }: Shown, write: InstanceWrite): boolean {
  switch (write.kind) {
    case 'catalog-service':
    case 'agent-service':
      return weightsOf(image).passing === weightsOf(write.after).passing;
    case 'catalog-check':
      return reasonShown(checks, write.id) === (write.after === null ? null : String(write.after.Notes));
    case 'agent-maintenance':
      return reasonShown(checks, write.id) === write.after;
  }
}

const reasonShown = (checks: Shown['checks'], serviceId: string): string | null =>
  checks.find(({ id }) => id === maintenanceCheckId(serviceId))?.notes ?? null;

const placeOf = ({ node, id }: { readonly node: string; readonly id: string }): string => JSON.stringify([node, id]);
