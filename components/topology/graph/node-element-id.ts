/** The element of what is drawn under an id, which has no spaces. */
export const nodeElementId = (id: string): string => `node-${id}`;
