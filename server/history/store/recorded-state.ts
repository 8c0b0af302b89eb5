import type { LastRecordedNode, RecordedConfiguration, RecordedService } from '@/lib/history/recorded';
import type { LeftBehind } from '@/server/history/record-store';
import { subjectCodes } from './codes';
import { heldOf, PresentRecords } from './present-records';
import type { StateFold } from './state-fold';
import type { Database } from './tables';
import type { TextTable } from './text-table';

/** What the record holds for present, told in texts: what the present of the fleet is compared with. */
export class RecordedState {
  constructor(
    private readonly db: Database,
    private readonly texts: TextTable,
    private readonly fold: StateFold,
  ) {}

  /** Last freshness and leader by datacenter. */
  async datacenters(): Promise<Pick<LeftBehind, 'freshness' | 'leaders'>> {
    const datacenters = [...this.fold.held.values()].filter(({ subject }) => subject.kind === subjectCodes.datacenter);
    const texts = await this.texts.values(
      this.db,
      datacenters.flatMap(({ subject, content, changes }) => [subject.dc, content, ...changes]),
    );
    const freshness = new Map<string, string>();
    const leaders = new Map<string, string>();
    for (const { subject, content, changes } of datacenters) {
      const dc = texts.get(subject.dc) ?? '';
      if (content !== 0) freshness.set(dc, texts.get(content) ?? '');
      const leader = texts.get(changes[2] ?? 0);
      if (leader !== undefined) leaders.set(dc, leader);
    }
    return { freshness, leaders };
  }

  async names(dc: string): Promise<{ readonly services: readonly string[]; readonly nodes: readonly string[] }> {
    const dcId = await this.#textId(dc);
    const services = heldOf(this.fold, dcId, 'service').map(({ subject }) => subject.service);
    const nodes = heldOf(this.fold, dcId, 'node').map(({ subject }) => subject.node);
    const texts = await this.texts.values(this.db, [...services, ...nodes]);
    const named = (ids: readonly number[]) => ids.map((id) => texts.get(id) ?? '');
    return { services: named(services), nodes: named(nodes) };
  }

  async service(dc: string, name: string): Promise<RecordedService | undefined> {
    const [dcId, nameId] = [await this.#textId(dc), await this.#textId(name)];
    const service = this.fold.service(dcId, nameId);
    if (service === undefined) return undefined;
    const subjects = await this.db
      .selectFrom('subject')
      .select('id')
      .where('service_id', '=', nameId)
      .where('dc_id', '=', dcId)
      .where('kind', '=', subjectCodes.instance)
      .execute();
    const instances = subjects.flatMap(({ id }) => this.fold.held.get(id) ?? []);
    const [recorded] = await new PresentRecords(this.db).services([service], instances);
    return recorded;
  }

  async node(dc: string, name: string): Promise<LastRecordedNode | undefined> {
    const nameId = await this.#textId(name);
    const subject = await this.db
      .selectFrom('subject')
      .select('id')
      .where('node_id', '=', nameId)
      .where('dc_id', '=', await this.#textId(dc))
      .where('kind', '=', subjectCodes.node)
      .executeTakeFirst();
    const held = subject && this.fold.held.get(subject.id);
    if (!held) return undefined;
    const [node] = await new PresentRecords(this.db).nodes([held]);
    return node && { ...node, lastIndex: held.index === 0 ? null : held.index };
  }

  async configuration(dc: string): Promise<readonly RecordedConfiguration[]> {
    const dcId = await this.#textId(dc);
    const kinds = ['config-entry', 'intention', 'kv'] as const;
    const held = kinds.flatMap((kind) => heldOf(this.fold, dcId, kind).map((one) => ({ ...one, kind })));
    const keys = await new PresentRecords(this.db).keysOf(held);
    const texts = await this.texts.values(
      this.db,
      held.map(({ content }) => content),
    );
    return held.map(({ kind, subject, content }) => ({
      ...{ kind, key: keys.get(subject.id) ?? '', content: texts.get(content) ?? '' },
    }));
  }

  async #textId(text: string): Promise<number> {
    const ids = await this.texts.find(this.db, [text]);
    // No text has this id, and nothing that is held names it.
    return ids.get(text) ?? -1;
  }
}
