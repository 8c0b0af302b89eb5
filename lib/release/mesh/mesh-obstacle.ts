import { isFilled, textIn } from './entry-parts';
import type { MeshRefusal } from './mesh-refusal';
import type { MeshScene } from './mesh-scene';

/** What a splitter works with (`IsProtocolHTTPLike`). */
const HTTP_LIKE = ['http', 'http2', 'grpc'];

type Obstacle = Pick<MeshRefusal, 'code'> & { readonly sentence: string };

/** Why the mesh cannot divide this service's traffic as its entries stand; null: it can. */
export function meshObstacle(scene: MeshScene): Obstacle | null {
  const { writeObstacle } = scene;
  if (writeObstacle !== null) return { code: 'not-writable', sentence: writeObstacle };
  return protocolObstacle(scene) ?? redirectObstacle(scene) ?? splitObstacle(scene);
}

/** Nobody has said which protocol the service speaks, which Consul takes for tcp. */
export function isProtocolUnset({ entries, globalProtocol }: MeshScene): boolean {
  return textIn(entries['service-defaults'].image, 'Protocol') === '' && globalProtocol === '';
}

function protocolObstacle(scene: MeshScene): Obstacle | null {
  const { entries, globalProtocol, service, primary } = scene;
  const own = textIn(entries['service-defaults'].image, 'Protocol');
  const protocol = own || globalProtocol;
  if (protocol === '' || HTTP_LIKE.includes(protocol.toLowerCase())) return null;
  const place = own === '' ? 'proxy-defaults/global' : `service-defaults/${service}`;
  const sentence =
    `${place} in ${primary} says that ${service} speaks ${protocol}, and a splitter divides requests of http, http2 and grpc alone. ` +
    `If it does speak one of these, set Protocol in service-defaults/${service}; else divide its traffic by weights.`;
  return { code: 'protocol-tcp', sentence };
}

function redirectObstacle({ entries, service }: MeshScene): Obstacle | null {
  const { image } = entries['service-resolver'];
  if (!isFilled(image?.Redirect)) return null;
  const sentence = `service-resolver/${service} redirects all traffic of ${service} elsewhere: divide it where it goes, or take the redirect away first.`;
  return { code: 'redirected', sentence };
}

function splitObstacle({ standing, service }: MeshScene): Obstacle | null {
  const others = [...new Set(standing.splits.flatMap(({ elsewhere }) => elsewhere ?? []))];
  if (others.length === 0) return null;
  const sentence =
    `service-splitter/${service} also sends traffic to ${others.join(', ')}. Lictor divides between versions of one service and does not touch that: ` +
    'edit it where it was written.';
  return { code: 'splits-elsewhere', sentence };
}
