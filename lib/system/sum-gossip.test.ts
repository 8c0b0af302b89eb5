import { expect, it } from 'vitest';
import type { GossipMember, GossipStatus } from './consul-health';
import { sumGossip } from './sum-gossip';

const member = (name: string, status: GossipStatus, server = false): GossipMember => ({
  ...{ name, address: '10.0.0.1', status, server, version: '1.8.7' },
});

it('counts members by state, and lists the lost ones first, then servers, then names', () => {
  const members = [
    member('b', 'alive'),
    member('a', 'alive'),
    member('s', 'alive', true),
    member('gone', 'left'),
    member('lost', 'failed'),
    member('going', 'leaving'),
  ];
  const sum = sumGossip('lan', members);
  expect(sum).toMatchObject({ pool: 'lan', alive: 3, leaving: 1, left: 1, failed: 1, notListed: 0 });
  expect(sum.members.map(({ name }) => name)).toEqual(['lost', 'going', 'gone', 's', 'a', 'b']);
});

it('counts all of a large datacenter and lists as many as are worth a look, those that are lost among them', () => {
  const members = Array.from({ length: 500 }, (_, n) => member(`n${n}`, n === 499 ? 'failed' : 'alive'));
  const sum = sumGossip('lan', members);
  expect([sum.alive, sum.failed, sum.members.length, sum.notListed]).toEqual([499, 1, 50, 450]);
  expect(sum.members[0]).toMatchObject({ name: 'n499', status: 'failed' });
});
