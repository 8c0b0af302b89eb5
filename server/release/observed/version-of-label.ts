/** As names of servers, subsets and DNS labels write it: lower case, a dash for what is no letter and no digit, without a `v` ahead of a number. */
const written = (version: string): string =>
  version
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .replace(/^v(?=\p{N})/u, '');

/** The version that this label names: the very text, else the only one that is written so; null: none, or two could be meant. */
export function versionOfLabel(label: string, versions: readonly string[]): string | null {
  if (versions.includes(label)) return label;
  const wanted = written(label);
  const [first, ...others] = versions.filter((version) => written(version) === wanted);
  return first !== undefined && others.length === 0 ? first : null;
}
