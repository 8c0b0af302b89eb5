/** In the order in which the versions come first. */
export function byVersion<Of extends { readonly version: string }>(instances: readonly Of[]): Map<string, Of[]> {
  const groups = new Map<string, Of[]>();
  for (const instance of instances) {
    const group = groups.get(instance.version);
    if (group) group.push(instance);
    else groups.set(instance.version, [instance]);
  }
  return groups;
}
