export const countedInstances = (count: number): string => (count === 1 ? '1 instance' : `${count} instances`);

/** With one digit behind the point at most, two below 1. */
export const decimalText = (value: number): string => String(Number(value.toFixed(value < 1 ? 2 : 1)));

/** In quotes, for a version holds any text. */
export const namedVersions = (versions: readonly { readonly version: string }[]): string =>
  versions.map(({ version }) => JSON.stringify(version)).join(', ');
