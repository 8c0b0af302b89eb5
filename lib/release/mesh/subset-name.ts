/** Consul's rule (`validateServiceSubset`): a DNS label, for it becomes a part of a server name. */
const MAX_CHARACTERS = 63;
/** Letters, digits and dots alone: with each dot as a hyphen no two of them get the same name. */
const PLAIN = /^[a-z0-9]+(?:\.[a-z0-9]+)*$/;
const HASH_CHARACTERS = 8;

/**
 * The name of a new subset for a version: `1-5-0` for 1.5.0; with a short hash where a DNS label cannot tell the version; with a number where that is taken.
 * The same version gets the same name wherever it is asked for.
 */
export function subsetName(version: string, isTaken: (name: string) => boolean): string {
  const plain = version.replaceAll('.', '-');
  if (PLAIN.test(version) && plain.length <= MAX_CHARACTERS && !isTaken(plain)) return plain;
  const label = version
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_CHARACTERS - HASH_CHARACTERS - 5);
  const base = `${label}-${hashOf(version)}`.replace(/^-+/, '').replace(/-+/g, '-');
  let name = base;
  for (let turn = 2; isTaken(name); turn += 1) name = `${base}-${turn}`;
  return name;
}

/** FNV-1a of its UTF-16 code units, 32 bits, as hex. It only has to tell the versions of one service apart. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(HASH_CHARACTERS, '0');
}
