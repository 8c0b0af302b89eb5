import { expect, it } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { entryFacts, intentionFacts, kvFacts } from './source-facts';

const INDEXES = { CreateIndex: 5, ModifyIndex: 9 };
const contents = (facts: ReadonlyMap<string, { content: string }>) => [...facts.values()].map(({ content }) => content);

it('an entry is its JSON in one order of keys, without what Consul only counts with', () => {
  const [one, other] = [
    { Kind: 'service-defaults', Name: 'a/b', Protocol: 'http', ...INDEXES },
    { ...INDEXES, ModifyIndex: 10, Hash: 7, Protocol: 'http', Name: 'a/b', Kind: 'service-defaults' },
  ].map((entry) => entryFacts(answerOf([entry]), 'dc1').facts);
  expect([...(one ?? [])]).toMatchObject([
    ['dc1/service-defaults/a%2Fb', { subject: 'config-entry', name: 'service-defaults/a/b', modifyIndex: 9 }],
  ]);
  expect(contents(one ?? new Map())).toEqual(['{"Kind":"service-defaults","Name":"a/b","Protocol":"http"}']);
  expect(contents(other ?? new Map())).toEqual(contents(one ?? new Map()));
});

it('an entry above 64 KB is kept by its digest and its size; one that is an intention too is passed over', () => {
  const large = { Kind: 'proxy-defaults', Name: 'global', Config: { text: 'x'.repeat(70_000) }, ...INDEXES };
  const intention = { Kind: 'service-intentions', Name: 'web', ...INDEXES };
  const { facts } = entryFacts(answerOf([large, intention]), 'dc1');
  expect(contents(facts)).toEqual([expect.stringMatching(/^\{"bytes":70\d{3},"digest":"[0-9a-f]{12}"\}$/)]);
});

it('of an entry that holds a private key nothing but a digest is kept', () => {
  const certificate = { Kind: 'inline-certificate', Name: 'edge', PrivateKey: 'pem-secret', ...INDEXES };
  const { facts } = entryFacts(answerOf([certificate]), 'dc1');
  expect(contents(facts)).toEqual([expect.stringMatching(/^\{"bytes":\d+,"digest":"[0-9a-f]{12}"\}$/)]);
});

it('an intention is named by both ends, with peer and namespace where they are not the default', () => {
  const rest = { Action: 'deny', ID: 'x', CreatedAt: 'then', UpdatedAt: 'now', Hash: 'h', ...INDEXES };
  const plain = { SourceName: '*', DestinationName: 'web', SourceNS: 'default', DestinationNS: 'default', ...rest };
  const peered = { SourceName: 'web', DestinationName: 'api', SourcePeer: 'east', DestinationNS: 'team', ...rest };
  const { facts } = intentionFacts(answerOf([plain, peered]), 'dc1');
  expect([...facts.values()].map(({ key, name }) => [key, name])).toEqual([
    ['dc1/*/web', '* => web'],
    ['dc1/peer%20east%2Fweb/team%2Fapi', 'peer east/web => team/api'],
  ]);
  expect(contents(facts)[0]).toBe(
    '{"Action":"deny","DestinationNS":"default","DestinationName":"web","SourceNS":"default","SourceName":"*"}',
  );
});

it('a key is its digest, its size and its version, whatever bytes it holds', () => {
  const stored = (Key: string, value: string | Buffer, more = {}) => ({
    ...{ Key, Value: Buffer.from(value).toString('base64'), Flags: 0, LockIndex: 0, ...INDEXES },
    ...more,
  });
  const { facts } = kvFacts(
    answerOf([
      stored('app/a', 'secret'),
      stored('app/b/v7', Buffer.from([0xff, 0x00, 0x80]), { Flags: 42 }),
      { ...stored('app/\ud800', ''), Value: null },
    ]),
    'dc1',
  );
  expect(contents(facts)).toEqual([
    // printf secret | sha256sum
    '{"bytes":6,"digest":"2bb80d537b1d"}',
    expect.stringMatching(/^\{"bytes":3,"digest":"[0-9a-f]{12}","flags":42,"version":"v7"\}$/),
    expect.stringMatching(/^\{"bytes":0,"digest":"e3b0c44298fc"\}$/),
  ]);
  expect(kvFacts(answerOf('', { status: 404 }), 'dc1').facts.size).toBe(0);
});

it('a record that cannot be read is told, and costs itself alone', () => {
  const { facts, failures } = entryFacts(answerOf([{ Kind: 1 }, { Kind: 'mesh', Name: 'mesh', ...INDEXES }]), 'dc1');
  expect([facts.size, failures.length]).toEqual([1, 1]);
});
