import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { RecordError } from '@/server/history/record-store';
import { type Held, StateFold } from './state-fold';
import type { SubjectIds } from './subject-table';

const FORMAT = 1;
/** Fields of a subject that are one number. */
const COLUMNS = 9;
/** Level 1 takes a third of the default's time, and a tenth more room. */
const LEVEL = 1;

/**
 * The whole state as bytes, some eight a subject. Each field is kept as one column, since what is alike packs well where it stands together: whole numbers in
 * base 128, low digits first, ids as differences; deflated.
 * @param atMs when it was so; what began later by a clock that was set back counts as begun then
 */
export function encodeCheckpoint({ held }: StateFold, atMs: number): Buffer {
  const all = inOrder([...held.values()]);
  const size = all.length;
  const out = new NumberWriter();
  out.put(FORMAT);
  out.put(size);
  // Read in one go, since they lie all over the memory, and written column by column.
  const columns = new Float64Array(COLUMNS * size);
  let last = 0;
  for (let at = 0; at < size; at += 1) {
    const { subject, status, sinceMs, content, index } = all[at] as Held;
    columns[at] = subject.id - last;
    last = subject.id;
    columns[size + at] = subject.kind;
    columns[2 * size + at] = subject.dc;
    columns[3 * size + at] = subject.service;
    columns[4 * size + at] = subject.node;
    columns[5 * size + at] = status;
    columns[6 * size + at] = Math.max(0, atMs - sinceMs);
    columns[7 * size + at] = content;
    columns[8 * size + at] = index;
  }
  for (let at = 0; at < columns.length; at += 1) out.put(columns[at] as number);
  for (let at = 0; at < size; at += 1) {
    const { changes } = all[at] as Held;
    out.put(changes.length);
    for (let place = 0; place < changes.length; place += 1) out.put(changes[place] as number);
  }
  return deflateRawSync(out.bytes(), { level: LEVEL });
}

/**
 * The state behind `encodeCheckpoint`.
 * @throws RecordError `corrupt`
 */
export function decodeCheckpoint(bytes: Uint8Array, atMs: number): StateFold {
  const read = new NumberReader(inflateRawSync(bytes));
  const format = read.next();
  if (format !== FORMAT) {
    throw new RecordError('corrupt', `A checkpoint of the history has the format ${format}, which is none.`);
  }
  const size = read.next();
  const columns = {
    ...{ id: read.many(size), kind: read.many(size), dc: read.many(size), service: read.many(size) },
    ...{ node: read.many(size), status: read.many(size), age: read.many(size), content: read.many(size) },
    index: read.many(size),
  };
  const fold = new StateFold();
  let id = 0;
  for (let at = 0; at < size; at += 1) {
    id += columns.id[at] as number;
    // Spelled out: to put an object together by spreading takes several times as long, and there are a hundred thousand of them.
    const subject: SubjectIds = {
      id,
      kind: columns.kind[at] as number,
      dc: columns.dc[at] as number,
      service: columns.service[at] as number,
      node: columns.node[at] as number,
    };
    const held: Held = {
      subject,
      status: columns.status[at] as number,
      sinceMs: atMs - (columns.age[at] as number),
      content: columns.content[at] as number,
      changes: read.list(read.next()),
      index: columns.index[at] as number,
    };
    fold.restore(held);
  }
  return fold;
}

/** By id; they nearly always are already. */
function inOrder(all: Held[]): Held[] {
  let last = 0;
  for (const { subject } of all) {
    if (subject.id < last) return all.sort((a, b) => a.subject.id - b.subject.id);
    last = subject.id;
  }
  return all;
}

const MOST_DIGITS = 8;

class NumberWriter {
  #buffer = Buffer.allocUnsafe(1_048_576);
  #length = 0;

  /** @param number whole, not negative */
  put(number: number): void {
    if (this.#length + MOST_DIGITS > this.#buffer.length) {
      this.#buffer = Buffer.concat([this.#buffer, Buffer.allocUnsafe(this.#buffer.length)]);
    }
    let rest = number;
    for (; rest >= 0x4000_0000; rest = Math.floor(rest / 128)) this.#buffer[this.#length++] = (rest % 128) + 128;
    // Below 2^30 whole numbers have shifts, which are much faster.
    for (; rest >= 128; rest >>>= 7) this.#buffer[this.#length++] = (rest & 127) | 128;
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
    const first = this.bytes[this.#at++];
    if (first === undefined) throw cutShort();
    if (first < 128) return first;
    let number = first & 127;
    for (let unit = 128; ; unit *= 128) {
      const byte = this.bytes[this.#at++];
      if (byte === undefined) throw cutShort();
      number += (byte & 127) * unit;
      if (byte < 128) return number;
    }
  }

  many(count: number): Float64Array {
    const numbers = new Float64Array(count);
    for (let at = 0; at < count; at += 1) numbers[at] = this.next();
    return numbers;
  }

  /** In an array that has no room for more. */
  list(count: number): number[] {
    const numbers = new Array<number>(count);
    for (let at = 0; at < count; at += 1) numbers[at] = this.next();
    return numbers;
  }
}

const cutShort = () => new RecordError('corrupt', 'A checkpoint of the history is cut short.');
