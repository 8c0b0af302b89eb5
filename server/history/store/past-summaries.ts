import type { PastSummary, RecordedCheck, RecordedInstance, ServiceSummary } from '@/lib/history/recorded';
import { parseTags } from '@/lib/history/recorded-json';
import type { StatusTally } from '@/lib/history/roll-up';
import { summarySince, worstOf } from '@/lib/history/summarize-past';
import { noTally } from '@/lib/history/tally';
import { chunked } from './chunked';
import { kindCodes, statusOf } from './codes';
import { heldOf, PresentRecords } from './present-records';
import { RecentMap } from './recent-map';
import type { Held, StateFold } from './state-fold';
import { loadState } from './state-loader';
import type { Queryable } from './tables';
import { readTexts, type TextTable } from './text-table';
import { lastIdAt } from './time-to-ids';

/** What a sum is made of; checks, the most frequent, are read for the few instances that are named. */
const SUMMED = [...(['registered', 'deregistered', 'status', 'version', 'tags', 'freshness', 'leader'] as const)].map(
  (kind) => kindCodes[kind],
);
/** Records of instances whose labels are remembered; those with the same ones share them. */
const MOST_REMEMBERED = 60_000;
const MOST_SHARED = 10_000;

/** What a sum takes from an instance's record. */
interface Labels {
  readonly version: string;
  readonly tags: readonly string[];
}

/** Past moments in sums: from the numbers of a fold, and of each instance's record only what of it is summed up. */
export class PastSummaries {
  readonly #labels = new RecentMap<number, Labels>(MOST_REMEMBERED);
  readonly #shared = new RecentMap<string, Labels>(MOST_SHARED);

  constructor(private readonly texts: TextTable) {}

  async at(db: Queryable, atMs: number, only: string | null): Promise<PastSummary[]> {
    const lastId = await lastIdAt(db, atMs);
    if (lastId === null) return [];
    const { fold, checkpoint } = await loadState(db, lastId, SUMMED);
    const names = await this.texts.values(db, new Set([...fold.held.values()].map(({ subject }) => subject.dc)));
    const past: PastSummary[] = [];
    for (const [id, dc] of names) {
      if (dc === '' || (only !== null && dc !== only)) continue;
      const services = await this.#services(db, fold, id, { afterId: checkpoint?.lastId ?? 0, lastId });
      const content = heldOf(fold, id, 'datacenter')[0]?.content ?? 0;
      past.push({ dc, services, freshness: (await this.texts.values(db, [content])).get(content) ?? null });
    }
    return past;
  }

  async #services(
    db: Queryable,
    fold: StateFold,
    dc: number,
    since: { readonly afterId: number; readonly lastId: number },
  ): Promise<ServiceSummary[]> {
    const services = heldOf(fold, dc, 'service');
    const byService = new Map<number, Held[]>(services.map(({ subject }) => [subject.service, []]));
    const instances = heldOf(fold, dc, 'instance');
    for (const held of instances) byService.get(held.subject.service)?.push(held);
    const labels = await this.#labelsOf(db, instances);
    const names = await this.texts.values(db, byService.keys());
    const worst = await this.#worst(db, fold, dc, services, byService, since);
    return services.map(({ subject, status: id }) => {
      const status = statusOf(id);
      const own = byService.get(subject.service) ?? [];
      const began = own.filter((held) => statusOf(held.status) === status).map(({ sinceMs }) => sinceMs);
      return {
        ...{ name: names.get(subject.service) ?? '', status, sinceMs: summarySince(status, began) },
        ...{ ...sumOf(own, labels), worst: worst.get(subject.service) ?? null },
      };
    });
  }

  /** Versions and tags of instances as they are now. */
  async #labelsOf(db: Queryable, instances: readonly Held[]): Promise<Map<Held, Labels>> {
    const ids = new Set<number>();
    for (const { content, changes } of instances) {
      if (this.#labels.get(content) === undefined) ids.add(content);
      for (let at = 0; at < changes.length; at += 3) if (changes[at] !== kindCodes.check) ids.add(changes[at + 2] ?? 0);
    }
    // Remembered are the labels, not what they are read from.
    const texts = await readTexts(db, [...ids]);
    return new Map(instances.map((held) => [held, this.#current(held, texts)]));
  }

  #current({ content, changes }: Held, texts: ReadonlyMap<number, string>): Labels {
    let labels = this.#labels.get(content);
    if (labels === undefined) {
      labels = this.#share(JSON.parse(texts.get(content) ?? '{"version":"","tags":[]}') as Labels);
      this.#labels.set(content, labels);
    }
    for (let at = 0; at < changes.length; at += 3) {
      const text = texts.get(changes[at + 2] ?? 0) ?? '';
      if (changes[at] === kindCodes.version) labels = { ...labels, version: text };
      if (changes[at] === kindCodes.tags) labels = { ...labels, tags: parseTags(text) };
    }
    return labels;
  }

  #share({ version, tags }: Labels): Labels {
    const key = JSON.stringify([version, tags]);
    const labels = this.#shared.get(key) ?? { version, tags };
    this.#shared.set(key, labels);
    return labels;
  }

  /** By service: the check that speaks for the first of its instances that is as bad as it. */
  async #worst(
    db: Queryable,
    fold: StateFold,
    dc: number,
    services: readonly Held[],
    byService: ReadonlyMap<number, readonly Held[]>,
    since: { readonly afterId: number; readonly lastId: number },
  ): Promise<Map<number, ServiceSummary['worst']>> {
    const bad = services.filter(({ status }) => statusOf(status) !== 'passing');
    const records = new PresentRecords(db);
    const candidates = bad.flatMap(({ subject, status }) =>
      (byService.get(subject.service) ?? []).filter((held) => held.status === status),
    );
    const keys = await records.keysOf(candidates);
    const first = new Map<number, Held>();
    for (const held of candidates) {
      const known = first.get(held.subject.service);
      const isFirst = !known || (keys.get(held.subject.id) ?? '') < (keys.get(known.subject.id) ?? '');
      if (isFirst) first.set(held.subject.service, held);
    }
    const nodes = heldOf(fold, dc, 'node');
    const nodeIds = new Set([...first.values()].map(({ subject }) => subject.node));
    const theirNodes = nodes.filter(({ subject }) => nodeIds.has(subject.node));
    await foldChecks(db, fold, [...first.values(), ...theirNodes], since);
    const checksOfNodes = new Map<string, readonly RecordedCheck[]>();
    for (const { name, checks } of await records.nodes(theirNodes)) checksOfNodes.set(name, checks);
    const told = await records.services(bad, [...first.values()]);
    return new Map(
      bad.map(({ subject, status }, at) => {
        const instance: RecordedInstance | undefined = told[at]?.instances[0];
        const ofNode = checksOfNodes.get(instance?.node ?? '') ?? [];
        return [subject.service, instance ? worstOf(instance, statusOf(status), ofNode) : null];
      }),
    );
  }
}

function sumOf(
  instances: readonly Held[],
  labels: ReadonlyMap<Held, Labels>,
): Pick<ServiceSummary, 'counts' | 'versions' | 'tags'> {
  const counts: Record<keyof StatusTally, number> = { ...noTally };
  const versions = new Map<string, number>();
  const tags = new Set<string>();
  for (const held of instances) {
    counts[statusOf(held.status)] += 1;
    const own = labels.get(held);
    if (!own) continue;
    versions.set(own.version, (versions.get(own.version) ?? 0) + 1);
    for (const tag of own.tags) tags.add(tag);
  }
  return { counts, versions, tags };
}

/** Checks of these since the checkpoint, which the state was folded without. */
async function foldChecks(
  db: Queryable,
  fold: StateFold,
  held: readonly Held[],
  { afterId, lastId }: { readonly afterId: number; readonly lastId: number },
): Promise<void> {
  const subjects = new Map(held.map(({ subject }) => [subject.id, subject]));
  for (const chunk of chunked([...subjects.keys()])) {
    const rows = await db
      .selectFrom('transition')
      .select(['at_ms', 'kind', 'item_id', 'consul_index', 'to_id', 'flags', 'subject_id', 'id'])
      .where('subject_id', 'in', chunk)
      .where('id', '>', afterId)
      .where('id', '<=', lastId)
      .where('kind', 'in', [kindCodes.registered, kindCodes.check])
      .orderBy('id')
      .execute();
    // What was registered anew has the checks of its new record and those that changed since.
    const registered = new Map(
      rows.flatMap(({ kind, subject_id, id }) => (kind === kindCodes.registered ? [[subject_id, id] as const] : [])),
    );
    for (const row of rows) {
      const subject = subjects.get(row.subject_id);
      if (subject && row.kind === kindCodes.check && row.id > (registered.get(row.subject_id) ?? 0))
        fold.apply(row, subject);
    }
  }
}
