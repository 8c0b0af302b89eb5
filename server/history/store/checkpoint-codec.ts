import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Held, StateFold } from './state-fold';

/** Fields of a checkpoint, each kept as one column: what is alike stands together and packs well. */
const FIELDS = ['id', 'kind', 'dc', 'service', 'node', 'status', 'age', 'content', 'index', 'changes'] as const;
const FORMAT = 1;
/** Level 1 takes a third of the default's time, and a tenth more room. */
const LEVEL = 1;

/**
 * The whole state as bytes, about ten a subject. Columns of whole numbers in base 128, low digits first, ids as differences; deflated.
 * @param atMs when it was so; what began later by a clock that was set back counts as begun then
 */
export function encodeCheckpoint({ held }: StateFold, atMs: number): Buffer {
  const all = [...held.values()].sort((a, b) => a.subject.id - b.subject.id);
  const out = new NumberWriter();
  out.put(FORMAT);
  out.put(all.length);
  let last = 0;
  for (const { subject } of all) {
    out.put(subject.id - last);
    last = subject.id;
  }
  for (const { subject } of all) out.put(subject.kind);
  for (const { subject } of all) out.put(subject.dc);
  for (const { subject } of all) out.put(subject.service);
  for (const { subject } of all) out.put(subject.node);
  for (const { status } of all) out.put(status);
  for (const { sinceMs } of all) out.put(Math.max(0, atMs - sinceMs));
  for (const { content } of all) out.put(content);
  for (const { index } of all) out.put(index);
  for (const { changes } of all) {
    out.put(changes.length / 3);
    for (const number of changes) out.put(number);
  }
  return deflateRawSync(out.bytes(), { level: LEVEL });
}

/** The state behind `encodeCheckpoint`. */
export function decodeCheckpoint(bytes: Uint8Array, atMs: number): StateFold {
  const read = new NumberReader(inflateRawSync(bytes));
  const format = read.next();
  if (format !== FORMAT)
    throw new Error(`A checkpoint of the record has the format ${format}, which this version does not know.`);
  const size = read.next();
  const columns = FIELDS.slice(0, -1).map(() => Array.from({ length: size }, () => read.next()));
  const fold = new StateFold();
  let id = 0;
  for (let at = 0; at < size; at += 1) {
    const value = (field: (typeof FIELDS)[number]) => columns[FIELDS.indexOf(field)]?.[at] ?? 0;
    id += value('id');
    const held: Held = {
      subject: { id, kind: value('kind'), dc: value('dc'), service: value('service'), node: value('node') },
      ...{ status: value('status'), sinceMs: atMs - value('age'), content: value('content'), index: value('index') },
      changes: Array.from({ length: read.next() * 3 }, () => read.next()),
    };
    fold.restore(held);
  }
  return fold;
}

class NumberWriter {
  #buffer = Buffer.allocUnsafe(65_536);
  #length = 0;

  /** @param number whole, not negative */
  put(number: number): void {
    if (this.#length + 8 > this.#buffer.length)
      this.#buffer = Buffer.concat([this.#buffer, Buffer.allocUnsafe(this.#buffer.length)]);
    let rest = number;
    while (rest >= 128) {
      this.#buffer[this.#length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#length++] = rest;
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length);
  }
}

class NumberReader {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  next(): number {
    let number = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw new Error('A checkpoint of the record is cut short.');
      number += (byte & 127) * unit;
      if (byte < 128) return number;
    }
  }
}
