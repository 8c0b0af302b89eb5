import { expect, test } from 'vitest';
import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { ConfiguredSource } from './configured-source';
import { listening } from './testing/told-by';

const fact = (subject: 'config-entry' | 'intention', name: string, content: object, dc = 'dc1'): ConfigurationFact => ({
  ...{ dc, subject, key: `${dc} ${name}`, name, modifyIndex: 1, digest: '', content: JSON.stringify(content) },
});
const redirect = (name: string, Service: string, dc?: string) =>
  fact('config-entry', `service-resolver/${name}`, { Kind: 'service-resolver', Name: name, Redirect: { Service } }, dc);
const defaults = (name: string) =>
  fact('config-entry', `service-defaults/${name}`, { Kind: 'service-defaults', Name: name });
const intention = (SourceName: string, DestinationName: string, Action = 'allow') =>
  fact('intention', `${SourceName} => ${DestinationName}`, { SourceName, DestinationName, Action });

const change = (op: 'put' | 'remove', one: ConfigurationFact): ConfigurationChange => ({
  ...{ dc: one.dc, subject: one.subject, key: one.key, name: one.name, op, modifyIndex: 2, index: 2, merged: false },
  ...{ observedAt: '2026-01-01T00:00:00.000Z', summary: '', from: null, to: op === 'put' ? one : null },
});

function configured(copies: Record<string, readonly string[]> = { dc1: ['dc1'] }) {
  const heard = listening();
  const written = { ...copies };
  const entries: string[] = [];
  const source = new ConfiguredSource({
    ...{ clock: new ManualClock(), told: heard.told, versionMetaKeys: ['version'] },
    places: { isWrittenIn: (dc) => Object.hasOwn(written, dc), copiesOf: (dc) => written[dc] ?? [dc] },
    onEntry: (datacenters, kind, name) => entries.push(`${datacenters.join()} ${kind} ${name}`),
  });
  const all = () =>
    [...heard.sources.values()].flatMap(({ edges }) => edges.map(({ from, to }) => `${from}>${to}`)).sort();
  return { heard, written, entries, source, all };
}

test('what is written in the primary holds in every datacenter that copies it', () => {
  const { source, all, entries } = configured({ dc1: ['dc1', 'dc2'] });
  source.baseline('dc1', [redirect('cart', 'cart-new'), intention('front', 'cart')]);
  expect(all()).toEqual(['dc1/cart>dc1/cart-new', 'dc1/front>dc1/cart', 'dc2/cart>dc2/cart-new', 'dc2/front>dc2/cart']);
  expect(entries).toEqual(['dc1,dc2 service-resolver cart']);
  expect([...source.chained('dc2')]).toEqual(['cart']);
});

test('a change tells anew what it is read with and nothing else, and what went is let go of', () => {
  const { source, heard, all } = configured();
  source.baseline('dc1', [redirect('a', 'b'), redirect('c', 'd'), intention('a', 'c')]);
  const before = heard.tellings;
  source.changed(change('put', redirect('a', 'e')));
  expect(heard.tellings - before).toBe(1);
  expect(all()).toEqual(['dc1/a>dc1/c', 'dc1/a>dc1/e', 'dc1/c>dc1/d']);
  source.changed(change('remove', redirect('a', 'e')));
  source.changed(change('remove', intention('a', 'c')));
  expect(all()).toEqual(['dc1/c>dc1/d']);
  expect([...source.chained('dc1')]).toEqual(['c']);
});

test('a splitter is read with the resolver of its service, whichever of them came first', () => {
  const splitter = fact('config-entry', 'service-splitter/cart', {
    ...{
      Kind: 'service-splitter',
      Name: 'cart',
      Splits: [
        { Weight: 90, ServiceSubset: 'old' },
        { Weight: 10, ServiceSubset: 'new' },
      ],
    },
  });
  const resolver = fact('config-entry', 'service-resolver/cart', {
    ...{ Kind: 'service-resolver', Name: 'cart' },
    Subsets: { old: { Filter: 'Service.Meta.version == "1"' }, new: { Filter: 'Service.Meta.version == "2"' } },
  });
  const { source, heard } = configured();
  source.baseline('dc1', [splitter]);
  source.changed(change('put', resolver));
  const [told] = [...heard.sources.values()];
  expect(told?.nodes).toEqual([{ key: 'dc1/cart', split: { '1': 90, '2': 10 } }]);
});

test('a datacenter that joins a federation gets what is written there, and one that leaves loses it', () => {
  const { source, written, all } = configured({ dc1: ['dc1'] });
  source.baseline('dc1', [redirect('a', 'b')]);
  written.dc1 = ['dc1', 'dc3'];
  source.tick();
  expect(all()).toEqual(['dc1/a>dc1/b', 'dc3/a>dc3/b']);
  written.dc1 = ['dc1'];
  source.tick();
  expect(all()).toEqual(['dc1/a>dc1/b']);
});

test('where another datacenter turns out to be the primary, nothing of the one that was taken for it stays', () => {
  const { source, written, all, heard } = configured({ dc1: ['dc1', 'dc2'] });
  source.baseline('dc1', [redirect('a', 'b')]);
  delete written.dc1;
  written.dc2 = ['dc1', 'dc2'];
  source.baseline('dc2', [redirect('a', 'c', 'dc2')]);
  source.tick();
  expect(all()).toEqual(['dc1/a>dc1/c', 'dc2/a>dc2/c']);
  source.forget('dc2');
  expect(heard.sources.size).toBe(0);
});

test('a kind of which nothing is drawn is told of to those who read chains', () => {
  const { source, entries, all } = configured();
  source.baseline('dc1', [defaults('cart')]);
  expect([all(), entries]).toEqual([[], ['dc1 service-defaults cart']]);
});
