import type { Subject, Transition } from '@/lib/history/transition';
import { flagsOf, kindCodes, statusId, subjectCodes } from './codes';
import { type SubjectIds, type SubjectName, SubjectTable, subjectToken } from './subject-table';
import type { Queryable, Tables } from './tables';
import { TextTable } from './text-table';

/** The ids that the next rows get; the holder of the pen is the only one who gives any. */
export interface NextIds {
  text: number;
  subject: number;
  transition: number;
}

export interface PreparedRow {
  readonly row: Tables['transition'];
  readonly subject: SubjectIds;
}

/** Turns transitions into rows: every text and subject that is new to the record is added, and what was added is told to `remembered` once all is durable. */
export class BatchRows {
  readonly #newTexts: { id: number; text: string }[] = [];
  readonly #newSubjects: { token: string; ids: SubjectIds }[] = [];
  #textIds = new Map<string, number>();

  constructor(
    private readonly db: Queryable,
    private readonly texts: TextTable,
    private readonly subjects: SubjectTable,
    private readonly next: NextIds,
  ) {}

  /** Rows in the order of the transitions, with ids that go on from the last ones; they are not written yet. */
  async prepare(transitions: readonly Transition[], datacenters: readonly string[]): Promise<PreparedRow[]> {
    this.#textIds = await this.#internTexts(textsOf(transitions, datacenters));
    const subjects = await this.#internSubjects(transitions.map(({ subject }) => subject));
    return transitions.map((transition, at) => {
      const subject = subjects[at] as SubjectIds;
      // Spelled out: to put an object together by spreading takes several times as long, and there are thousands a second.
      const row = {
        id: this.next.transition,
        at_ms: transition.observedAtMs,
        subject_id: subject.id,
        kind: kindCodes[transition.kind],
        item_id: this.textId(transition.item),
        consul_index: transition.index,
        from_id: this.textId(transition.from),
        to_id: this.textId(transition.to),
        flags: flagsOf(transition.merged, statusRegistered(transition)),
        unwatched_from_ms: transition.unwatchedFromMs,
      };
      this.next.transition += 1;
      return { row, subject };
    });
  }

  /** The id of a text of this batch. */
  textId(text: string | null): number | null {
    return text === null ? null : (this.#textIds.get(text) ?? null);
  }

  /** Ids of all texts of this batch. */
  get usedTexts(): Iterable<number> {
    return this.#textIds.values();
  }

  /** To be called once the transaction is through. */
  remember(): void {
    for (const { id, text } of this.#newTexts) this.texts.remember(id, text);
    for (const { token, ids } of this.#newSubjects) this.subjects.remember(token, ids);
  }

  async #internTexts(texts: ReadonlySet<string>): Promise<Map<string, number>> {
    const ids = await this.texts.find(this.db, texts);
    for (const text of texts) {
      if (ids.has(text)) continue;
      const id = this.next.text;
      this.next.text += 1;
      ids.set(text, id);
      this.#newTexts.push({ id, text });
    }
    await TextTable.add(this.db, this.#newTexts);
    return ids;
  }

  /** In the order of the subjects. */
  async #internSubjects(subjects: readonly Subject[]): Promise<SubjectIds[]> {
    const names = subjects.map(({ kind, key, service }) => {
      return { key, kind: subjectCodes[kind], service: this.textId(service) ?? 0 };
    });
    const known = await this.subjects.find(this.db, names);
    const added: { key: string; ids: SubjectIds }[] = [];
    const all = subjects.map(({ dc, node }, at) => {
      const name = names[at] as SubjectName;
      const token = subjectToken(name);
      const before = known.get(token);
      if (before !== undefined) return before;
      const { key, kind, service } = name;
      const ids = { id: this.next.subject, kind, dc: this.textId(dc) ?? 0, service, node: this.textId(node) ?? 0 };
      this.next.subject += 1;
      known.set(token, ids);
      this.#newSubjects.push({ token, ids });
      added.push({ key, ids });
      return ids;
    });
    await SubjectTable.add(this.db, added);
    return all;
  }
}

function textsOf(transitions: readonly Transition[], datacenters: readonly string[]): Set<string> {
  const texts = new Set(datacenters);
  for (const { subject, item, from, to } of transitions) {
    for (const text of [subject.dc, subject.service, subject.node, item, from, to]) if (text !== null) texts.add(text);
  }
  return texts;
}

/** The id of the status with which something begins, so that a fold need not read its whole record; 0: nothing begins. */
function statusRegistered({ kind, to, subject }: Transition): number {
  if (kind !== 'registered') return 0;
  if (subject.kind === 'service' || to === null) return statusId(to ?? 'unknown');
  const { status } = JSON.parse(to) as { status?: unknown };
  return statusId(typeof status === 'string' ? status : 'unknown');
}
