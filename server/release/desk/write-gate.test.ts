import { expect, it } from 'vitest';
import type { DatacenterRecord } from '@/lib/fleet/model';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { WriteGate } from './write-gate';

const AT = '2026-01-01T00:00:00.000Z';
type State = DatacenterRecord['freshness']['state'];

function gated(
  over: { never?: string; home?: string | null; token?: string | null; states?: Record<string, State> } = {},
) {
  const { never = null, home = 'dc1', states = {} } = over;
  const clock = new ManualClock();
  const transport = new HeldTransport();
  const now = { token: over.token ?? null, changes: 0 };
  const consul = {
    ...{ transportOf: () => transport, copiesOf: () => [], home: () => home },
    primaryOf: (dc: string) => (dc === 'dc3' ? null : 'dc2'),
  };
  const datacenter = (name: string): DatacenterRecord | undefined => {
    if (name === 'dc9') return undefined;
    const freshness = { state: states[name] ?? 'live', since: AT, lastContactMs: 0, reason: 'It is away.' };
    return { name, freshness, partial: false, leader: null, unconfirmed: null };
  };
  const fleet = { datacenter, service: () => undefined, keys: () => [] };
  const onChange = () => {
    now.changes += 1;
  };
  const gate = new WriteGate({ never, consul, fleet, token: () => now.token, clock, onChange });
  gate.start();
  const allowed = async (...answers: boolean[]) => transport.answer(answerOf(answers.map((Allow) => ({ Allow }))));
  const aclsOff = () => transport.answer(answerOf('ACL support disabled', { status: 401 }));
  return { gate, clock, transport, now, allowed, aclsOff };
}

it('a process that never writes asks for nothing', async () => {
  const { gate, transport, clock } = gated({ never: 'It is read-only.' });
  await clock.advance(60_000);
  expect([gate.refusal('dc1'), gate.mayWrite, transport.requests.length]).toEqual(['It is read-only.', false, 0]);
});

it('nothing is written before it is known where, and whether that is allowed', async () => {
  expect(gated({ home: null }).gate.refusal('dc1')).toContain('LICTOR_HOME_DATACENTER');
  const { gate, aclsOff, now } = gated();
  expect([gate.refusal('dc1'), gate.mayWrite]).toEqual([expect.stringContaining('not known yet'), false]);
  await aclsOff();
  expect([gate.refusal('dc1'), gate.mayWrite, now.changes]).toEqual([null, true, 1]);
});

it.each([
  ['its datacenter', { dc3: 'stale' }, 'dc3', /dc3 is stale.*It is away\./],
  ['the primary of its federation', { dc2: 'lost' }, 'dc1', /dc2 is lost/],
  ['where Lictor keeps what it writes', { dc1: 'denied' }, 'dc3', /dc1 is denied/],
  ['a datacenter that nobody sees', {}, 'dc9', /dc9 is not seen/],
] as [string, Record<string, State>, string, RegExp][])(
  'nothing is written while %s is not live',
  async (_, states, dc, sentence) => {
    const { gate, aclsOff } = gated({ states });
    await aclsOff();
    expect(gate.refusal(dc)).toMatch(sentence);
  },
);

it('with ACLs on it takes a token for that, whatever Consul would allow to anybody, and one that may', async () => {
  const { gate, allowed, now, clock } = gated();
  await allowed(true);
  expect(gate.refusal('dc1')).toMatch(/LICTOR_WRITE_TOKEN_FILE is not set.*key_prefix "lictor\/release\/"/);
  now.token = 'weak';
  await clock.advance(1_000);
  await allowed(false);
  expect(gate.refusal('dc1')).toMatch(/may not write Lictor's own keys.*key_prefix/);
  now.token = 'strong';
  await clock.advance(1_000);
  await allowed(true);
  expect([gate.refusal('dc1'), gate.mayWrite]).toEqual([null, true]);
  // Taken away by an operator.
  await clock.advance(31_000);
  await allowed(false);
  expect(gate.mayWrite).toBe(false);
});

it('a token that Consul does not know closes writes, a Consul that does not answer changes nothing', async () => {
  const { gate, transport, allowed, clock } = gated({ token: 'known' });
  await allowed(true);
  await clock.advance(31_000);
  await transport.answer(answerOf('rpc error', { status: 500 }));
  expect(gate.mayWrite).toBe(true);
  await clock.advance(31_000);
  await transport.answer(answerOf('ACL not found', { status: 403 }));
  expect(gate.refusal('dc1')).toContain('403');
  gate.stop();
});
