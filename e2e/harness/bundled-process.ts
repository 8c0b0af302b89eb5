import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { bundleProcess } from '@/scripts/launcher/production-build.mjs';
import { projectPath } from '@/scripts/launcher/project.mjs';

/**
 * A process of tests as production has it, in one file: it starts in a fraction of the time that a loader takes for the sources. For tests that start it many
 * times; `remove` is for when all of them have ended.
 */
export async function bundledProcess(
  entry = 'e2e/harness/api-process.ts',
): Promise<{ readonly program: string; remove(): void }> {
  const parent = projectPath('node_modules/.cache');
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(`${parent}/lictor-process-`);
  await bundleProcess(entry, folder);
  return { program: `${folder}/server.mjs`, remove: () => rmSync(folder, { recursive: true }) };
}
