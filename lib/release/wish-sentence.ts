import type { Shares } from './split-body';
import type { WishRecord } from './wish-record';

const VERBS: Readonly<Record<WishRecord['how'], string>> = {
  moved: 'moved traffic',
  undone: 'undid the last move',
  'put-back': 'put back what was written',
  adopted: 'adopted what stands',
};

/** What was done to a service by a wish, for the record of the past. Versions are hostile text. */
export function wishSentence({ by, how, mechanism, declares, routes, failover }: WishRecord): string {
  const also = [
    routes.length > 0 ? `${routes.length} header ${routes.length === 1 ? 'route' : 'routes'}` : '',
    failover.length > 0 ? `failover to ${failover.join(', ')}` : '',
  ].filter(Boolean);
  return `${by} ${VERBS[how]} by ${mechanism}: ${[sharesText(declares), ...also].join('; ')}.`;
}

function sharesText(shares: Shares | null): string {
  if (shares === null) return 'no shares';
  return Object.entries(shares)
    .map(([version, percent]) => `${version} ${percent} %`)
    .join(', ');
}
