import { expect, test } from 'vitest';
import { type Names, readRights } from './read-rights';
import { answerOf } from './testing/answer';
import { HeldTransport } from './testing/held-transport';

const NOBODY: Names = { services: new Set(), nodes: new Set() };

function asking(names: (everything: boolean) => Names = () => NOBODY) {
  const transport = new HeldTransport();
  const { signal } = new AbortController();
  const question = { transport, datacenter: 'dc1', nowMs: () => 7, signal, names };
  const asked = (at: number) =>
    JSON.parse(transport.requests[at]?.body ?? '[]') as { Resource: string; Segment: string }[];
  return { transport, asked, rights: readRights(question) };
}

const allowing = (...allow: boolean[]) => answerOf(allow.map((Allow) => ({ Allow })));

test('the right to everything is asked for by an empty name, and where it is given no name is asked for that nobody doubts', async () => {
  const { transport, asked, rights } = asking();
  await transport.answer(allowing(true, true));
  expect(await rights).toEqual({ acls: true, services: true, nodes: true, forbidden: NOBODY, askedAtMs: 7 });
  expect(asked(0)).toEqual([
    { Resource: 'service', Segment: '', Access: 'read' },
    { Resource: 'node', Segment: '', Access: 'read' },
  ]);
  expect(transport.requests).toHaveLength(1);
});

test('names are asked for 64 at a time, and those that may not be read are told', async () => {
  const services = new Set(Array.from({ length: 70 }, (_, n) => `s${n}`));
  const { transport, asked, rights } = asking((everything) =>
    everything ? NOBODY : { services, nodes: new Set(['n']) },
  );
  await transport.answer(allowing(false, true));
  await transport.answer(allowing(...Array.from({ length: 64 }, (_, n) => n !== 3)));
  await transport.answer(allowing(true, true, true, true, true, false, false));
  const { forbidden, services: all } = await rights;
  expect(all).toBe(false);
  expect([asked(1).length, asked(2).length]).toEqual([64, 7]);
  expect([[...forbidden.services], [...forbidden.nodes]]).toEqual([['s3', 's69'], ['n']]);
});

test('without ACLs everything may be read', async () => {
  const { transport, rights } = asking();
  await transport.answer(answerOf('ACL support disabled', { status: 401 }));
  expect(await rights).toMatchObject({ acls: false, services: true, nodes: true });
});

test('any other 401, as of a proxy that wants a password, is no right to everything', async () => {
  const { transport, rights } = asking();
  const refused = expect(rights).rejects.toMatchObject({ kind: 'status', status: 401, denied: true });
  await transport.answer(answerOf('Authorization required', { status: 401 }));
  await refused;
});
