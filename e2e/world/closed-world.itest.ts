import { readFile } from 'node:fs/promises';
import { get } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startWorld } from './start-world';

test('a world with TLS and ACLs shows a fleet to the read token alone, over HTTPS by its own authority', async () => {
  const closed = await startWorld({ datacenters: 2, tls: true, acl: true });
  try {
    const { tls, tokens, datacenters } = closed;
    const ca = await readFile(tls?.ca ?? '', 'utf8');
    const services = async (datacenter: string, token: string) => {
      const path = `${datacenters[0]?.serverHttps}/v1/catalog/services?dc=${datacenter}`;
      return Object.keys(JSON.parse(await readOverTls(path, ca, token)));
    };
    for (const { name } of datacenters) {
      expect(await services(name, tokens?.read ?? '')).toContain('front');
      expect(await services(name, '')).toEqual([]);
    }
    const kv = await fetch(`${datacenters[0]?.serverHttp}/v1/kv/a`, {
      method: 'PUT',
      body: 'b',
      headers: { 'X-Consul-Token': tokens?.read ?? '' },
    });
    expect(kv.status).toBe(403);
    const node = 'dc2-client-1';
    await closed.loseNode(node);
    await closed.returnNode(node);
    await closed.allPassing();
  } finally {
    await closed.stop();
  }
});

function readOverTls(url: string, ca: string, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = get(url, { ca, headers: { 'X-Consul-Token': token } }, async (response) =>
      resolve(await text(response)),
    );
    request.once('error', reject);
  });
}
