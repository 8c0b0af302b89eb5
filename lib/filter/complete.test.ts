import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleService } from '@/lib/fleet/example-fleet';
import type { NodeRow } from '@/lib/fleet/node-row';
import { complete } from './complete';
import { knownValues } from './known-values';
import { nodeFields } from './node-fields';
import { readFilter } from './read-filter';
import { serviceFields } from './service-fields';

const services = [
  exampleService('dc1', 'web', ['passing'], { tags: ['canary', 'team pay'], versions: { '1.4.2': 1 } }),
  exampleService('dc1', 'api', ['critical'], { tags: ['canary'], versions: { '1.5.0': 1 } }),
];
const values = knownValues(
  serviceFields,
  services.map((service) => ({ dc: 'dc1', freshness: 'live', service }) as const),
);

/** What is offered where `|` stands, and what the first of them makes of the text. */
function offered(marked: string): string[] {
  const caret = marked.indexOf('|');
  return complete({ text: marked.replace('|', ''), caret, schema: serviceFields, values }).map(
    ({ label, count }) => label + (count === null ? '' : ` ${count}`),
  );
}
function taken(marked: string): string | undefined {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const [first] = complete({ text, caret, schema: serviceFields, values });
  return first && text.slice(0, first.start) + first.insert + text.slice(first.end);
}

describe('what could stand at the caret', () => {
  it('is every field at first, and a negation', () => {
    expect(offered('|')).toEqual([...Object.keys(serviceFields.fields), 'not']);
  });

  it('are fields and keywords that begin so; what joins two terms only behind one', () => {
    expect(offered('st|')).toEqual(['status']);
    expect(offered('N|')).toEqual(['name', 'not']);
    expect(offered('o|')).toEqual([]);
    expect(offered('web o|')).toEqual(['or']);
    expect(offered('(fr|)')).toEqual(['freshness']);
    expect(offered('-fr|')).toEqual(['freshness']);
    expect([taken('web st|'), taken('web a|b'), taken('st|:passing')]).toEqual([
      ...['web status:', 'web and ', 'status:passing'],
    ]);
  });

  it('are values that some records have, those of most first, with how many; none of a status is told too', () => {
    expect(offered('tag:|')).toEqual(['canary 2', 'team pay 1']);
    expect(offered('tag:pay|')).toEqual(['team pay 1']);
    expect(offered('status:c|')).toEqual(['critical 1', 'maintenance 0']);
    expect(offered('status:w|')).toEqual(['warning 0', 'unknown 0']);
    expect(taken('tag:te|')).toBe('tag:"team pay"');
    expect(taken('tag:"te|" web')).toBe('tag:"team pay" web');
    expect(taken('tag:x,ca| web')).toBe('tag:x,canary web');
  });

  it('are signs where the order counts, until one is there', () => {
    expect(offered('version:|')).toEqual(['1.4.2 1', '1.5.0 1', '>', '>=', '<', '<=']);
    expect(offered('version:>=|')).toEqual(['1.4.2 1', '1.5.0 1']);
    expect(offered('since:<|')).toEqual(['10m', '1h', '1d', '1w']);
    expect(offered('instances:|')).toEqual(['>', '>=', '<', '<=']);
  });

  it('is nothing inside of a quoted word, of a field that there is not, or where all is typed', () => {
    for (const marked of ['"st|"', 'team:|', 'status:critical|', 'web |st:x:'])
      expect([marked, offered(marked)]).toEqual([marked, marked === 'web |st:x:' ? expect.any(Array) : []]);
  });

  it('are keys of the metadata that some have', () => {
    const node = (meta: Record<string, string>) =>
      ({ dc: 'dc1', freshness: 'live', node: { meta } }) as unknown as NodeRow;
    const known = knownValues(nodeFields, [node({ team: 'pay', Rack: '7' }), node({ team: 'web' })]);
    const labels = (text: string) =>
      complete({ text, caret: text.length, schema: nodeFields, values: known }).map(({ label }) => label);
    expect(labels('met')).toEqual(['meta.']);
    expect(labels('meta.')).toEqual(['meta.team', 'meta.Rack']);
    expect(labels('meta.r')).toEqual(['meta.Rack']);
    expect(labels('meta.team:')).toEqual(['pay', 'web']);
  });

  it('never throws, and a value that is taken is read as it was listed', () => {
    const piece = fc.oneof(
      fc.constantFrom('tag', 'status', 'meta.', ':', '=', ',', '"', '(', ' ', 'not', '\\', '：'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.nat(), (typed, at) => {
        const caret = at % (typed.length + 1);
        for (const { start, end } of complete({ text: typed, caret, schema: serviceFields, values }))
          expect(0 <= start && start <= caret && caret <= end && end <= typed.length).toBe(true);
      }),
    );
    const sign = fc.oneof(fc.constantFrom(...'"\\“ ,()=\t'), fc.string({ unit: 'binary', minLength: 1 }));
    const hostile = fc.string({ unit: sign, minLength: 1 });
    fc.assert(
      fc.property(hostile, (tag) => {
        const row = {
          dc: 'dc1',
          freshness: 'live',
          service: exampleService('dc1', 'web', [], { tags: [tag] }),
        } as const;
        const known = knownValues(serviceFields, [row]);
        const [first] = complete({ text: 'tag:', caret: 4, schema: serviceFields, values: known });
        const reading = readFilter(`tag:${first?.insert}`, serviceFields);
        expect(reading.ok && reading.filter.matches(row, 0)).toBe(true);
      }),
    );
  });
});
