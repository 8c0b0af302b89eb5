/** Who asks for a change: until people sign in nobody has a name. */
export const BY = 'anonymous';
