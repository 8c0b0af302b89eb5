import { isIPv4, isIPv6 } from 'node:net';

/** 4 or 16 bytes, in the order of the wire. An IPv4 address that is written as an IPv6 one (`::ffff:…`) is the 4 bytes. Null: it is no address. */
export function addressBytes(address: string): Uint8Array | null {
  if (isIPv4(address)) return Uint8Array.from(address.split('.'), Number);
  if (!isIPv6(address)) return null;
  const bytes = sixteenBytes(withoutZone(address));
  return isMapped(bytes) ? bytes.subarray(12) : bytes;
}

/** Whether the first `length` bits are the same; an IPv4 address is in no IPv6 network. */
export function isWithin(bytes: Uint8Array, network: Uint8Array, length: number): boolean {
  if (bytes.length !== network.length) return false;
  return bytes.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, length - at * 8));
    const mask = 0xff & (0xff << (8 - bits));
    return (byte & mask) === ((network[at] ?? 0) & mask);
  });
}

const withoutZone = (address: string): string => address.split('%')[0] ?? address;

function sixteenBytes(address: string): Uint8Array {
  const [head = '', tail] = address.split('::');
  const before = groupBytes(head);
  const after = groupBytes(tail ?? '');
  const bytes = new Uint8Array(16);
  bytes.set(before, 0);
  bytes.set(after, 16 - after.length);
  return bytes;
}

/** `2001:db8` or `ffff:127.0.0.1`. */
function groupBytes(groups: string): number[] {
  if (groups === '') return [];
  return groups.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
}
