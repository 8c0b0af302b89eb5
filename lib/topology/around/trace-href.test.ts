import fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceHref } from './trace-href';

it('puts each name into its own place, whatever it is called', () => {
  fc.assert(
    fc.property(
      fc.record({ service: fc.string({ unit: 'binary' }), dc: fc.string(), from: fc.string(), to: fc.string() }),
      (traced) => {
        const href = new URL(traceHref('https://t.example/a/{dc}?q={service}&x={from}:{to}#{dc}', traced));
        expect(href.host).toBe('t.example');
        expect([...href.searchParams.keys()]).toEqual(['q', 'x']);
        expect(href.searchParams.get('q')).toBe(traced.service.toWellFormed());
        expect(href.searchParams.get('x')).toBe(`${traced.from.toWellFormed()}:${traced.to.toWellFormed()}`);
      },
    ),
  );
});

it('leaves other braces as they stand', () => {
  expect(traceHref('https://t.example/?q={"a":"{service}"}&{other}', { service: 's', dc: 'd', from: '', to: '' })).toBe(
    'https://t.example/?q={"a":"s"}&{other}',
  );
});
