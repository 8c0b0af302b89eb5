import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-codec';
import { type Held, StateFold } from './state-fold';

const AT = Date.UTC(2026, 0, 1);
const id = fc.integer({ min: 0, max: 2 ** 45 });
const subject = fc.record({ id, kind: fc.integer({ min: 1, max: 8 }), dc: id, service: id, node: id });
const triples = fc.array(fc.tuple(id, id, id), { maxLength: 4 }).map((parts) => parts.flat());
const held: fc.Arbitrary<Held> = fc.record({
  ...{ subject, status: fc.integer({ min: 0, max: 5 }), sinceMs: fc.integer({ min: 0, max: AT }) },
  ...{ content: id, changes: triples, index: id },
});

function foldOf(all: readonly Held[]): StateFold {
  const fold = new StateFold();
  for (const one of all) fold.restore(structuredClone(one));
  return fold;
}

test('a checkpoint is the state again, in whatever order it came to be', () => {
  fc.assert(
    fc.property(fc.uniqueArray(held, { selector: (one) => one.subject.id }), (all) => {
      const { held: again } = decodeCheckpoint(encodeCheckpoint(foldOf(all), AT), AT);
      expect(new Map(again)).toEqual(foldOf(all).held);
    }),
  );
});

test('what begins after the checkpoint, by a clock that was set back, counts as begun then', () => {
  const one = { subject: { id: 1, kind: 4, dc: 1, service: 2, node: 3 }, sinceMs: AT + 5_000 };
  const fold = foldOf([{ ...one, status: 1, content: 1, changes: [], index: 0 }]);
  expect(decodeCheckpoint(encodeCheckpoint(fold, AT), AT).held.get(1)?.sinceMs).toBe(AT);
});

test('a checkpoint that is cut short is an error, not a smaller fleet', () => {
  const all = Array.from({ length: 300 }, (_, at) => ({
    ...{ subject: { id: at + 1, kind: 4, dc: 1, service: 2, node: 3 }, status: 1 },
    ...{ sinceMs: AT - at * 7_919, content: at * 31, changes: [], index: 0 },
  }));
  const bytes = encodeCheckpoint(foldOf(all), AT);
  expect(() => decodeCheckpoint(bytes.subarray(0, bytes.length / 2), AT)).toThrow();
});
