import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { putInstance } from '@/e2e/harness/catalog';
import { Deployments, deployedIn } from '@/e2e/harness/deployments';
import type { LictorUnderTest } from '@/e2e/harness/lictor-for';
import { PostgresUnderTest } from '@/e2e/harness/postgres';
import { historyOf, recorded, recordedGaps, recordedVersions, words } from '@/e2e/harness/recorded';
import { onStage, type Stage } from '@/e2e/harness/stage';
import { StreamReader } from '@/e2e/harness/stream-reader';
import { until } from '@/e2e/world/until';
import type { FleetBody } from '@/lib/fleet/model';

const SERVICES = ['orders', 'payments', 'search', 'stock'];
const PATIENCE = { deadlineMs: 60_000 };

/** One of the Lictors that share the database, and a client of its stream. */
interface Replica {
  readonly lictor: LictorUnderTest;
  readonly spawned: Awaited<ReturnType<Stage['lictorProcess']>>['spawned'];
  /** `<service> <version>` of all that its stream has shown. */
  readonly shown: Set<string>;
}

test.each([
  // A lock of the database ends with its holder's connection; a session in Consul only when its time is up.
  ['by a lock of the database', { LICTOR_READ_ONLY: '1' }, 4],
  ['by a session in Consul', {}, 1],
])(
  'the leader %s is killed again and again under load, and the record has neither hole nor double',
  (_, more, kills) =>
    onStage(async (stage) => {
      const [world, postgres] = await Promise.all([stage.bareWorld(1), stage.opened(PostgresUnderTest.open())]);
      const consul = world.consul('dc1');
      const program = await stage.bundle();
      const url = await postgres.database();
      const env = { ...more, LICTOR_DATABASE_URL: url };
      const live = new Set<Replica>();
      const join = async () => live.add(await replica(stage, consul.address, env, program));
      await Promise.all([join(), join()]);

      const deployments = new Deployments(consul, SERVICES);
      stage.atEnd(() => deployments.stop());
      // The next version waits until every replica has shown this one: none can be hidden behind another.
      deployments.start(async ({ service, version }) => {
        const line = `${service} ${version}`;
        do await sleep(15);
        while (![...live].every(({ shown }) => shown.has(line)));
      });

      const settledLeader = async (): Promise<Replica> => {
        const leader = await until('one replica to write and the other to follow', () => writerOf(live), PATIENCE);
        await until('it to write what happens', () => growsBy(leader.lictor, 20), PATIENCE);
        // Before that the other may have come too late to have seen all that this one has not compared yet: then a gap is what is true.
        const bothMs = Date.now();
        await until(
          'it to have compared what it took over',
          async () => (await writtenUntilMs(postgres, url)) > bothMs,
          PATIENCE,
        );
        return leader;
      };

      for (let kill = 0; kill < kills; kill += 1) {
        const leader = await settledLeader();
        live.delete(leader);
        leader.spawned.signal('SIGKILL');
        await leader.spawned.ended;
        await until('the other to write', async () => (await states(live)).includes('writing'), PATIENCE);
        await join();
      }
      // An orderly end hands over as well.
      const leader = await settledLeader();
      live.delete(leader);
      leader.spawned.signal('SIGTERM');
      const [last] = live;
      if (!last) throw new Error('No replica is left.');
      await until('the last to write', async () => (await states(live)).includes('writing'), PATIENCE);
      await until('it to write what happens', () => growsBy(last.lictor, 20), PATIENCE);
      await deployments.stop();

      const wanted = SERVICES.map((service) => [service, countTo(deployments.acknowledged.get(service) ?? 0)]);
      const told = await until('all to be recorded', async () => {
        const items = recordedVersions(await recorded(last.lictor));
        const versions = SERVICES.map(
          (service) => [service, items.filter((item) => item.service === service)] as const,
        );
        const short = versions.some(([service, own]) => own.length < (deployments.acknowledged.get(service) ?? 0) - 1);
        return short ? null : versions;
      });
      expect(told.map(([service, own]) => [service, ['1', ...own.map(({ to }) => to)]])).toEqual(wanted);
      expect(
        told.map(([service, own]) => [
          service,
          [...own.map(({ from }) => from), wanted.find(([name]) => name === service)?.[1]?.at(-1)],
        ]),
      ).toEqual(wanted);
      const unwatched = told.flatMap(([, own]) => own).flatMap(({ unwatchedFrom }) => unwatchedFrom ?? []);
      const gaps = await recordedGaps(last.lictor);
      // A busy machine may let Consul wait for too long; that is no matter of who writes.
      expect(gaps.filter(({ reason }) => reason.startsWith('Nobody watched'))).toEqual([]);
      expect(gaps.map(({ from }) => from)).toEqual(expect.arrayContaining(unwatched));
    })(),
  180_000,
);

test(
  'while PostgreSQL is away the live pages go on, and what happened meanwhile is written in its order when it is back',
  onStage(async (stage) => {
    const [world, postgres] = await Promise.all([stage.bareWorld(1), stage.opened(PostgresUnderTest.open())]);
    const consul = world.consul('dc1');
    const lictor = await stage.lictor(consul.address, { LICTOR_DATABASE_URL: await postgres.database() });
    const flip = (status: 'passing' | 'critical') => putInstance(consul, { node: 'edge', service: 'web', status });
    const shown = (status: string) =>
      until(`web to be shown as ${status}`, async () => {
        const body = await lictor.get<{ service: { status: string } }>('/api/v1/services/dc1/web');
        return body?.service.status === status;
      });
    await flip('passing');
    await until(
      'web in the record',
      async () => (await lines(lictor)).includes('dc1/web registered passing'),
      PATIENCE,
    );

    await postgres.stop();
    for (const status of ['critical', 'passing', 'critical'] as const) {
      await flip(status);
      await shown(status);
    }
    const down = await until('it to be said', async () => {
      const { history } = await lictor.system();
      return history.state === 'down' ? history : null;
    });
    expect(down.queued).toBe(9);
    expect(down.reason).toMatch(/PostgreSQL/);

    await postgres.start();
    await until('it to be written', async () => (await historyOf(lictor)).state === 'writing', PATIENCE);
    await until(
      'all of it',
      async () => (await lines(lictor)).filter((line) => line.startsWith('dc1/web status')).length === 3,
    );
    expect((await lines(lictor)).filter((line) => line.startsWith('dc1/web status'))).toEqual([
      'dc1/web status passing critical',
      'dc1/web status critical passing',
      'dc1/web status passing critical',
    ]);
    expect(await recordedGaps(lictor)).toEqual([]);
    expect(await historyOf(lictor)).toMatchObject({ queued: 0, dropped: 0 });
  }),
  120_000,
);

async function replica(stage: Stage, address: string, env: Record<string, string>, program: string): Promise<Replica> {
  const { lictor, spawned } = await stage.lictorProcess(address, env, program);
  await lictor.synced();
  const shown = new Set<string>();
  const stream = await StreamReader.open(lictor.url, ['fleet'], {
    onFrame: (frame) => {
      for (const { service, version } of deployedIn(frame)) shown.add(`${service} ${version}`);
      if (frame.event !== 'snapshot') return;
      const { datacenters } = frame.data.data as FleetBody;
      for (const { name, versions } of datacenters.flatMap(({ services }) => services)) {
        for (const version of Object.keys(versions)) shown.add(`${name} ${version}`);
      }
    },
  });
  stage.atEnd(() => stream.cut());
  await stream.frame('the opening', ({ event }) => event === 'heartbeat');
  return { lictor, spawned, shown };
}

async function states(replicas: Iterable<Replica>): Promise<string[]> {
  return Promise.all([...replicas].map(async ({ lictor }) => (await lictor.system()).history.state));
}

/** The one that writes, where there are two and the other follows. */
async function writerOf(replicas: ReadonlySet<Replica>): Promise<Replica | null> {
  const found = await states(replicas);
  return found.length === 2 && found.includes('following') ? ([...replicas][found.indexOf('writing')] ?? null) : null;
}

/** Until when all is written, ms since 1970. */
async function writtenUntilMs(postgres: PostgresUnderTest, url: string): Promise<number> {
  const [row] = await postgres.query(new URL(url).pathname.slice(1), 'select alive_ms from recorder');
  return Number((row as { alive_ms: string | null }).alive_ms);
}

async function growsBy(lictor: LictorUnderTest, count: number): Promise<boolean> {
  const before = (await recorded(lictor)).length;
  await until(`${count} more transitions`, async () => (await recorded(lictor)).length >= before + count, PATIENCE);
  return true;
}

const countTo = (last: number): string[] => Array.from({ length: last }, (_, at) => String(at + 1));

const lines = async (lictor: LictorUnderTest): Promise<string[]> => (await recorded(lictor)).map(words);
