import { compareText } from '@/lib/fleet/observe-checks';
import type { RecordedCheck, RecordedInstance, RecordedNode, RecordedService } from '@/lib/history/recorded';
import {
  parseAddress,
  parseInstance,
  parseMeta,
  parseNode,
  parseTags,
  parseWeights,
} from '@/lib/history/recorded-json';
import { chunked, READ_AT_ONCE } from './chunked';
import { kindCodes, statusOf, subjectCodes } from './codes';
import type { Held, StateFold } from './state-fold';
import type { Queryable } from './tables';
import { decodeText } from './text-encoding';
import { readTexts } from './text-table';

/** What is held, told in texts again: turns the numbers of a fold into records. */
export class PresentRecords {
  readonly #keys = new Map<number, string>();

  constructor(private readonly db: Queryable) {}

  /** @param services what is held of services of one datacenter @param instances what is held of all their instances */
  async services(services: readonly Held[], instances: readonly Held[]): Promise<RecordedService[]> {
    const byService = new Map<number, RecordedInstance[]>();
    const texts = await this.#texts([...services, ...instances]);
    const keys = await this.keysOf(instances);
    for (const held of instances) {
      const siblings = byService.get(held.subject.service) ?? [];
      siblings.push(instanceOf(held, keys.get(held.subject.id) ?? '', texts));
      byService.set(held.subject.service, siblings);
    }
    return services.map(({ subject, status, index }) => ({
      name: texts.get(subject.service) ?? '',
      status: statusOf(status),
      instances: (byService.get(subject.service) ?? []).sort((a, b) => compareText(a.key, b.key)),
      lastIndex: index === 0 ? null : index,
    }));
  }

  async nodes(nodes: readonly Held[]): Promise<RecordedNode[]> {
    const texts = await this.#texts(nodes);
    return nodes.map((held) => nodeOf(held, texts.get(held.subject.node) ?? '', texts));
  }

  /** Keys of the subjects by their ids. */
  async keysOf(held: readonly Held[]): Promise<ReadonlyMap<number, string>> {
    const unknown = held.map(({ subject }) => subject.id).filter((id) => !this.#keys.has(id));
    for (const ids of chunked(unknown, READ_AT_ONCE)) {
      const rows = await this.db.selectFrom('subject').select(['id', 'key']).where('id', 'in', ids).execute();
      for (const { id, key } of rows) this.#keys.set(id, decodeText(key));
    }
    return this.#keys;
  }

  #texts(held: readonly Held[]): Promise<Map<number, string>> {
    const ids: number[] = [];
    for (const { subject, content, changes } of held) {
      ids.push(subject.service, subject.node, content);
      for (let at = 0; at < changes.length; at += 3) ids.push(changes[at + 1] as number, changes[at + 2] as number);
    }
    return readTexts(this.db, ids);
  }
}

type Texts = ReadonlyMap<number, string>;
type Parts<Whole> = { -readonly [Part in keyof Whole]?: Whole[Part] };

function instanceOf(held: Held, key: string, texts: Texts): RecordedInstance {
  const base = parseInstance(key, textOf(texts, held.content));
  const { parts, checks } = changedParts<RecordedInstance>(held, texts, base.checks, 'service');
  return { ...base, ...parts, checks, status: statusOf(held.status) };
}

function nodeOf(held: Held, name: string, texts: Texts): RecordedNode {
  const base = parseNode(name, textOf(texts, held.content));
  const { parts, checks } = changedParts<RecordedInstance>(held, texts, base.checks, 'node');
  const { address = base.address, meta = base.meta } = parts;
  return { name, address, meta, checks, status: statusOf(held.status) };
}

function changedParts<Whole extends RecordedInstance>(
  { changes }: Held,
  texts: Texts,
  before: readonly RecordedCheck[],
  scope: RecordedCheck['scope'],
): { parts: Parts<Whole>; checks: RecordedCheck[] } {
  const parts: Parts<RecordedInstance> = {};
  const checks = new Map(before.map((check) => [check.id, check]));
  for (let at = 0; at < changes.length; at += 3) {
    const [kind = 0, item = 0, to = 0] = changes.slice(at, at + 3);
    if (kind === kindCodes.check) {
      const id = texts.get(item) ?? '';
      if (to === 0) checks.delete(id);
      else checks.set(id, { id, scope, status: textOf(texts, to) as RecordedCheck['status'] });
    } else changePart(parts, kind, textOf(texts, to));
  }
  return { parts: parts as Parts<Whole>, checks: [...checks.values()].sort((a, b) => compareText(a.id, b.id)) };
}

function changePart(parts: Parts<RecordedInstance>, kind: number, text: string): void {
  if (kind === kindCodes.version) parts.version = text;
  if (kind === kindCodes.tags) parts.tags = parseTags(text);
  if (kind === kindCodes.meta) parts.meta = parseMeta(text);
  if (kind === kindCodes.weights) parts.weights = parseWeights(text);
  if (kind === kindCodes.address) {
    const { address, port } = parseAddress(text);
    parts.address = address;
    if (port !== null) parts.port = port;
  }
}

function textOf(texts: Texts, id: number): string {
  const text = texts.get(id);
  if (text === undefined) throw new Error(`The record names text ${id}, which it does not hold.`);
  return text;
}

/** Of a datacenter: what is held of one kind of subject. */
export function heldOf(fold: StateFold, dc: number, kind: keyof typeof subjectCodes): Held[] {
  const code = subjectCodes[kind];
  return [...fold.held.values()].filter(({ subject }) => subject.kind === code && subject.dc === dc);
}
