import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { dataFolder } from '@/e2e/harness/data-folder';
import { type Deployed, Deployments, deployedIn } from '@/e2e/harness/deployments';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { recorded, recordedGaps, recordedVersions, transitionOf } from '@/e2e/harness/recorded';
import { onStage } from '@/e2e/harness/stage';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { untilSame } from '@/e2e/harness/until-same';
import { seededRandom } from '@/e2e/world/random';
import { until } from '@/e2e/world/until';
import type { ServiceBody } from '@/lib/fleet/model';
import { applyToService } from '@/lib/history/apply-transition';
import { type ServiceState, serviceTransitions } from '@/lib/history/service-transitions';
import type { TransitionItem } from '@/lib/history/transition-item';

const KILLS = 20;
const SERVICES = Array.from({ length: 12 }, (_, number) => `load-${number}`);
/** No more than this is missing after a kill, ms. */
const PROMISED_MS = 250;
const NOW = { observedAtMs: 0, index: null, merged: false, unwatchedFromMs: null };

test(
  'killed twenty times under load, it loses nothing that it acknowledged, and marks what it has not seen',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1);
    const consul = world.consul('dc1');
    const folder = dataFolder();
    stage.atEnd(() => folder.remove());
    const program = await stage.bundle();
    const random = seededRandom(4_711);
    const deployments = new Deployments(consul, SERVICES);
    stage.atEnd(() => deployments.stop());
    deployments.start(() => sleep(20 + 60 * random()));

    let acknowledged: readonly TransitionItem[] = [];
    let seen: readonly (Deployed & { readonly observedAtMs: number })[] = [];
    const missingMs: number[] = [];
    for (let kills = 0; ; kills += 1) {
      const { lictor, spawned } = await stage.lictorProcess(consul.address, { LICTOR_DATA_DIR: folder.path }, program);
      const gap = await until('the gap to be over', async () => {
        // Beside those in which a busy machine let Consul wait for too long.
        const gaps = (await recordedGaps(lictor)).filter(({ reason }) => reason.startsWith('Nobody watched'));
        return gaps.length === kills && gaps.every(({ to }) => to !== null) ? (gaps.at(-1) ?? 'none') : null;
      });
      const items = await until('changes to be recorded as they happen', async () => {
        const all = await recorded(lictor, 'dc=dc1');
        const since = gap === 'none' ? '' : (gap.to ?? '');
        return recordedVersions(all).some((item) => isWatched(item) && item.observedAt > since) ? all : null;
      });
      expect(items.slice(0, acknowledged.length), 'what was acknowledged is there, as it was').toEqual(acknowledged);
      if (gap !== 'none') {
        const fromMs = Date.parse(gap.from);
        const told = new Set(recordedVersions(items).map(deployedBy));
        const due = seen.filter(({ observedAtMs }) => observedAtMs < fromMs).map(lineOf);
        expect(
          due.filter((line) => !told.has(line)),
          'what was seen before the gap is there',
        ).toEqual([]);
        const unwatched = recordedVersions(items.slice(acknowledged.length)).filter((item) => !isWatched(item));
        expect(new Set(unwatched.map(({ unwatchedFrom }) => unwatchedFrom))).toEqual(new Set([gap.from]));
        missingMs.push(Math.max(0, ...seen.map(({ observedAtMs }) => observedAtMs - fromMs)));
      }
      if (kills === KILLS) {
        await deployments.stop();
        await untilSame(lictor, consul.address);
        await untilRecordIsPresent(lictor);
        break;
      }
      const stream = await StreamReader.open(lictor.url, ['fleet']);
      await sleep(100 + 400 * random());
      acknowledged = await recorded(lictor, 'dc=dc1');
      spawned.signal('SIGKILL');
      await spawned.ended;
      seen = stream.frames.flatMap(deployedIn);
    }

    // By the median: the machine that runs this may stop for longer than the promise by itself.
    expect(missingMs.sort((a, b) => a - b)[KILLS / 2]).toBeLessThan(PROMISED_MS);
  }),
  300_000,
);

/** No version is recorded twice, and all transitions of a service, folded, are what Lictor shows of it. */
async function untilRecordIsPresent(lictor: LictorUnderTest): Promise<void> {
  await until('the record to be as the present', async () => {
    const items = await recorded(lictor, 'dc=dc1');
    const lines = recordedVersions(items).map(deployedBy);
    expect(lines).toEqual([...new Set(lines)]);
    const differences = SERVICES.map(async (name) => {
      const own = items.filter(({ service }) => service === name).map(transitionOf);
      const folded = own.reduce<ServiceState | undefined>(applyToService, undefined);
      const body = await lictor.get<ServiceBody>(`/api/v1/services/dc1/${name}`);
      const present = body && { status: body.service.status, instances: body.instances };
      return serviceTransitions('dc1', name, folded, present ?? undefined, NOW);
    });
    return (await Promise.all(differences)).flat().length === 0;
  });
}

const isWatched = ({ unwatchedFrom }: TransitionItem): boolean => unwatchedFrom === null;
const lineOf = ({ service, version }: Deployed): string => `${service} ${version}`;
const deployedBy = ({ service, to }: TransitionItem): string => `${service} ${to}`;
