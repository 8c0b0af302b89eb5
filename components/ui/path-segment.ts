/** A dynamic segment as Next hands it over, still percent-encoded; null where that is broken (`/services/dc1/%E0%A4%A`). */
export function pathSegment(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
