/** How far away the reader stands, in steps: names grow where all else becomes small, counts give way, and last the names of what is well. */
export function farOf(zoom: number): 0 | 1 | 2 | 3 {
  if (zoom >= 0.8) return 0;
  if (zoom >= 0.58) return 1;
  return zoom >= 0.34 ? 2 : 3;
}
