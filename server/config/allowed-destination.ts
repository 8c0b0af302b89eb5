import { isIP } from 'node:net';

/** An internal destination that webhooks may have: a host by its name, or all addresses of a network. */
export type AllowedDestination =
  | { readonly kind: 'host' /** In lower case. */; readonly host: string }
  | {
      readonly kind: 'network';
      readonly address: string;
      /** Bits of the address that count. */
      readonly prefix: number;
      readonly family: 'ipv4' | 'ipv6';
    };

const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/;

/** `alerts.internal`, `10.2.0.5`, `10.0.0.0/8`, `fd00::/8`; null: none of these. */
export function parseAllowedDestination(text: string): AllowedDestination | null {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0) {
    const host = text.toLowerCase();
    // A name of digits and dots alone is a mistyped address, never a host's name.
    return HOST_NAME.test(host) && !/^[\d.]+$/.test(host) ? { kind: 'host', host } : null;
  }
  const most = version === 4 ? 32 : 128;
  const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN;
  if (rest.length > 0 || !(prefix <= most) || address.includes('%')) return null;
  return { kind: 'network', address, prefix, family: version === 4 ? 'ipv4' : 'ipv6' };
}
