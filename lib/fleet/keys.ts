/**
 * Keys of what Lictor shows: `<dc>/<service>`, `<dc>/<node>`, `<dc>/<node>/<service id>`, each segment percent-encoded, so that
 * a slash inside a name never reads as a separator. A lone surrogate, which `encodeURIComponent` refuses, becomes U+FFFD.
 */

const segment = (text: string): string => encodeURIComponent(text.toWellFormed());

export const datacenterKey = (dc: string): string => segment(dc);
export const serviceKey = (dc: string, name: string): string => `${segment(dc)}/${segment(name)}`;
export const nodeKey = (dc: string, node: string): string => `${segment(dc)}/${segment(node)}`;
export const instanceKey = (dc: string, node: string, id: string): string =>
  `${segment(dc)}/${segment(node)}/${segment(id)}`;

/** The segments of a key, decoded; null where it is not percent-encoded text. */
export function keySegments(key: string): string[] | null {
  try {
    return key.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

/** Datacenter and name behind `<dc>/<name>`; null where `key` has another shape. */
export function parsePair(key: string): { dc: string; name: string } | null {
  const [dc, name, ...rest] = keySegments(key) ?? [];
  return dc && name && rest.length === 0 ? { dc, name } : null;
}
