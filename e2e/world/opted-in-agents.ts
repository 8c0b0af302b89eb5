import { writeFile } from 'node:fs/promises';
import type { World } from './world';

/**
 * Writes a file for `LICTOR_CONFIG` by which every client agent of the world takes weights from Lictor, as its owner would have to say.
 * @param observed what else stands under `release.observed`
 * @param more what else stands beside `release`
 * @returns its path
 */
export async function optedInAgents(
  world: World,
  observed: Record<string, unknown> = {},
  more: Record<string, unknown> = {},
): Promise<string> {
  const agents = world.datacenters.flatMap(({ name, clients }) =>
    clients.map((client) => ({ datacenter: name, node: client.name, address: client.http })),
  );
  const file = `${world.folder}/lictor.json`;
  await writeFile(file, JSON.stringify({ release: { agents, observed }, ...more }, null, 2));
  return file;
}
