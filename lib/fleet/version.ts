/** What an instance without a version is counted under. */
const UNVERSIONED = 'unversioned';

/** `v2`, `1.4`, `1.4.2`, `v1.4.2-rc.1+build`. A bare number is no version: tags such as `8080` or `2` mean other things too often. */
const VERSION = /^(?:v\d+|v?\d+(?:\.\d+){1,2})(?:[-+][0-9A-Za-z.+-]+)?$/;

/** Whether a text is written like a version. */
export const looksLikeVersion = (text: string): boolean => VERSION.test(text);

/**
 * The version of an instance: the first of `metaKeys` that its metadata holds, else the first tag that looks like a version, else
 * `unversioned`.
 */
export function versionOf(
  meta: Readonly<Record<string, string>>,
  tags: readonly string[],
  metaKeys: readonly string[],
): string {
  for (const key of metaKeys) {
    const value = Object.hasOwn(meta, key) ? meta[key] : undefined;
    if (value) return value;
  }
  return tags.find(looksLikeVersion) ?? UNVERSIONED;
}
