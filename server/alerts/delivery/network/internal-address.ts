import { addressBytes, isWithin } from './address-bytes';

interface Network {
  readonly bytes: Uint8Array;
  readonly length: number;
  readonly is: string;
}

const network = (text: string, is: string): Network => {
  const [address = '', length] = text.split('/');
  return { bytes: addressBytes(address) ?? new Uint8Array(), length: Number(length), is };
};

/** What is not the public internet, by IANA's registries of special addresses. */
const INTERNAL: readonly Network[] = [
  network('0.0.0.0/8', 'this host'),
  network('10.0.0.0/8', 'private'),
  network('100.64.0.0/10', 'shared by a carrier'),
  network('127.0.0.0/8', 'loopback'),
  network('169.254.0.0/16', 'link-local, where clouds keep their metadata'),
  network('172.16.0.0/12', 'private'),
  network('192.0.0.0/24', 'reserved'),
  network('192.0.2.0/24', 'for documentation'),
  network('192.88.99.0/24', 'a relay'),
  network('192.168.0.0/16', 'private'),
  network('198.18.0.0/15', 'for benchmarks'),
  network('198.51.100.0/24', 'for documentation'),
  network('203.0.113.0/24', 'for documentation'),
  network('224.0.0.0/4', 'multicast'),
  network('240.0.0.0/4', 'reserved'),
  network('::1/128', 'loopback'),
  network('fc00::/7', 'unique-local'),
  network('fe80::/10', 'link-local'),
  network('ff00::/8', 'multicast'),
  network('2001::/23', 'a tunnel or reserved'),
  network('2001:db8::/32', 'for documentation'),
  network('3fff::/20', 'for documentation'),
];
const PUBLIC_V6 = network('2000::/3', 'public');

/** Networks whose addresses carry an IPv4 one, which is where the packets go in the end; `at`: its first byte. */
const CARRIERS: readonly { readonly network: Network; readonly at: number }[] = [
  { network: network('64:ff9b::/96', 'NAT64'), at: 12 },
  { network: network('2002::/16', '6to4'), at: 2 },
];

/** Why an address is not of the public internet, a word or two (`loopback`); null: it is. What is no address at all is none. */
export function internalAddress(address: string): string | null {
  const bytes = addressBytes(address);
  return bytes === null ? 'no address' : internalBytes(bytes);
}

function internalBytes(bytes: Uint8Array): string | null {
  const found = INTERNAL.find((one) => isWithin(bytes, one.bytes, one.length));
  if (found !== undefined) return found.is;
  if (bytes.length === 4) return null;
  const carrier = CARRIERS.find(({ network: one }) => isWithin(bytes, one.bytes, one.length));
  if (carrier !== undefined) return internalBytes(bytes.subarray(carrier.at, carrier.at + 4));
  return isWithin(bytes, PUBLIC_V6.bytes, PUBLIC_V6.length) ? null : 'reserved';
}
