import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for what one Lictor records, so that none writes into the project or into another's; `remove` is for when it has ended. */
export function dataFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'lictor-data-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
