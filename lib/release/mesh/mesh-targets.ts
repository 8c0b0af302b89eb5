import type { Shares, SplitWish } from '@/lib/release/split-body';
import type { MeshScene } from './mesh-scene';
import { isSameRoute } from './plan-routes';
import type { ResolverSubset } from './resolver-subsets';
import { routerRoutes } from './router-routes';
import { ALL_INSTANCES } from './splitter-splits';
import type { SubsetDraft } from './subset-draft';

/** What gets traffic by a plan. */
export interface MeshTarget {
  /** A version, or a subset by its name. */
  readonly label: string;
  /** Null: none, it is all instances. */
  readonly subset: ResolverSubset | null;
  /** As a sentence begins: `10% would go to "2.0.0"`. */
  readonly what: string;
  /** The plan sends it there; else it goes there already. */
  readonly isNew: boolean;
}

/** Everything that gets traffic once the wish is written, also by what it does not touch. */
export function meshTargets(
  scene: MeshScene,
  { shares, routes }: Pick<SplitWish, 'shares' | 'routes'>,
  draft: SubsetDraft,
): MeshTarget[] {
  return [...shareTargets(scene, shares, draft), ...routeTargets(scene, routes, draft)];
}

function shareTargets({ standing, running }: MeshScene, wished: Shares | undefined, draft: SubsetDraft): MeshTarget[] {
  const carrying = Object.entries(wished ?? standing.declared ?? {}).filter(([, share]) => share > 0);
  return carrying.map(([label, share]) => {
    const used = standing.splits.find((split) => split.label === label);
    const isAll = label === ALL_INSTANCES && !running.includes(label);
    const added = used === undefined && !isAll ? draft.for(label) : null;
    const subset = added ?? standing.subsets.get(used?.subset ?? '') ?? null;
    return { label, subset, what: `${share}% would go to ${JSON.stringify(label)}`, isNew: wished !== undefined };
  });
}

function routeTargets(scene: MeshScene, wished: SplitWish['routes'], draft: SubsetDraft): MeshTarget[] {
  const { entries, service, standing } = scene;
  const { plain } = routerRoutes(entries['service-router'].image, service, standing.subsets);
  const routes = wished ?? plain.map(({ route }) => route);
  return routes.map((route) => {
    const same = plain.find((one) => isSameRoute(one.route, route));
    return {
      label: route.version,
      subset: same === undefined ? draft.for(route.version) : (standing.subsets.get(same.subset) ?? null),
      what: `Requests with ${route.header}: ${route.value} would go to ${JSON.stringify(route.version)}`,
      isNew: same === undefined,
    };
  });
}
