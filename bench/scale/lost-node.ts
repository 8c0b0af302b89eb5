import { setTimeout as sleep } from 'node:timers/promises';
import { bareBlockingQuery } from '@/bench/measure/bare-query';
import type { CatalogWriter } from '@/bench/measure/catalog-writer';
import { LARGE_DC } from '@/bench/measure/large-world';
import { launchChromium, watchPainted } from '@/bench/measure/painted-page';
import { streamClient } from '@/bench/measure/stream-client';
import { until } from '@/e2e/world/until';
import { serviceKey } from '@/lib/fleet/keys';
import type { ServiceRecord } from '@/lib/fleet/model';

const ROUNDS = 10;
const DEADLINE_MS = 60_000;
const REST_MS = 2_000;

export interface LostNode {
  /** Stream events that the services of one lost node came in, a round each. */
  readonly frames: number[];
  /** From the bare wake until a stream client had them all, ms. */
  readonly streamMs: number[];
  /** From the bare wake until the page had painted that all are critical, ms. */
  readonly paintedMs: number[];
}

/**
 * Loses a node on which an instance of each of 100 services stands, and finds it again, ten times. The bare wake is that of a query on one of them.
 * @param instances all that stand on the node
 */
export async function loseNode(
  lictor: string,
  writer: CatalogWriter,
  node: string,
  services: readonly string[],
): Promise<LostNode> {
  const browser = await launchChromium();
  const stops: (() => unknown)[] = [() => browser.close()];
  try {
    const seen: LostNode = { frames: [], streamMs: [], paintedMs: [] };
    let round = newRound('passing');
    const keys = new Set(services.map((service) => serviceKey(LARGE_DC, service)));
    const [watched] = services;
    if (watched === undefined) throw new Error(`${node} has no services.`);

    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(lictor);
    await page.waitForSelector('body[data-live="live"]');
    const shown = `document.querySelector('section[data-key="${LARGE_DC}"] [data-tone="critical"] b')?.textContent`;
    await page.waitForFunction(`${shown} === '0'`);
    await watchPainted(page, shown, (count, atMs) => {
      if (Number(count) === (round.status === 'critical' ? services.length : 0)) round.paintedAtMs ??= atMs;
    });
    let waits = false;
    stops.push(
      bareBlockingQuery(writer.consul.address, watched, (instances, atMs) => {
        waits = true;
        const critical = instances.some(({ status }) => status === 'critical');
        if (critical === (round.status === 'critical')) round.bareAtMs ??= atMs;
      }),
      streamClient(`${lictor}/api/v1/stream?topic=fleet`, ({ changes }, atMs) => {
        const turned = changes.filter(
          ({ key, value }) => keys.has(key) && (value as ServiceRecord | null)?.status === round.status,
        );
        if (turned.length === 0) return;
        round.frames += 1;
        for (const { key } of turned) round.turned.add(key);
        if (round.turned.size === services.length) round.streamAtMs ??= atMs;
      }),
    );
    await until('the bare query to wait', () => waits, { deadlineMs: DEADLINE_MS });

    for (let turn = 0; turn < ROUNDS * 2; turn += 1) {
      const status = turn % 2 === 0 ? 'critical' : 'passing';
      // A node is lost in a fleet at rest, and not in the wake of its own return, whose hundred answers are taken in for a while.
      await sleep(REST_MS);
      round = newRound(status);
      await writer.flipNode(node, status);
      const done = await until(`${node} to be ${status} everywhere`, () => finished(round), {
        deadlineMs: DEADLINE_MS,
      });
      if (status === 'passing') continue;
      seen.frames.push(round.frames);
      seen.streamMs.push(done.streamMs);
      seen.paintedMs.push(done.paintedMs);
    }
    return seen;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

interface Round {
  readonly status: 'critical' | 'passing';
  readonly turned: Set<string>;
  frames: number;
  bareAtMs?: number;
  streamAtMs?: number;
  paintedAtMs?: number;
}

const newRound = (status: Round['status']): Round => ({ status, turned: new Set(), frames: 0 });

function finished({ bareAtMs, streamAtMs, paintedAtMs }: Round): { streamMs: number; paintedMs: number } | false {
  if (bareAtMs === undefined || streamAtMs === undefined || paintedAtMs === undefined) return false;
  return { streamMs: streamAtMs - bareAtMs, paintedMs: paintedAtMs - bareAtMs };
}
