/**
 * A version as one label of a DNS name: what is no letter and no digit becomes a dash, `v3-1-4`. A tag that is one can be asked for by RFC 2782,
 * `_payment._v3-1-4.service.consul`.
 */
export function versionLabel(version: string): string {
  const label = version.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `v${label.replace(/^v(?=\d)/, '').replace(/^-+|-+$/g, '')}`.slice(0, 63);
}
