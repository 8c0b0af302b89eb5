import { describe, expect, it } from 'vitest';
import { ConsulError } from './consul-error';
import { type ProbeReport, probe } from './probe';
import { answerOf } from './testing/answer';
import { HeldTransport } from './testing/held-transport';
import { ManualClock } from './testing/manual-clock';

function probed(random = 0) {
  const clock = new ManualClock();
  const transport = new HeldTransport();
  const reports: ProbeReport[] = [];
  const subject = probe({
    transport,
    clock,
    datacenter: 'dc2',
    random: () => random,
    onReport: (report) => reports.push(report),
  });
  return { clock, transport, reports, subject };
}

const timeout = () => new ConsulError('timeout', 'No answer began.');

describe('a probe', () => {
  it('asks for the leader of its datacenter at once and every 2 s at least', async () => {
    const { clock, transport, reports } = probed();
    expect(transport.requests[0]).toMatchObject({ path: '/v1/status/leader', query: { dc: 'dc2' }, timeoutMs: 4_500 });
    expect(transport.requests[0]?.lane).toBeUndefined();
    await transport.answer(answerOf('"127.0.0.1:8300"', { receivedAtMs: 5 }));
    await clock.advance(2_000);
    await transport.answer(answerOf('""', { receivedAtMs: 6 }));
    expect(reports).toEqual([
      { ok: true, atMs: 5, leader: '127.0.0.1:8300' },
      { ok: true, atMs: 6, leader: null },
    ]);
  });

  it('starts up to a quarter earlier', async () => {
    const { clock, transport } = probed(1);
    await clock.advance(1_500);
    expect(transport.requests).toHaveLength(2);
  });

  it('has two under way at most, and starts the next when one of them ends', async () => {
    const { clock, transport, reports } = probed();
    await clock.advance(4_100);
    expect(transport.open).toHaveLength(2);
    await transport.fail(timeout());
    expect(transport.open).toHaveLength(2);
    expect(transport.requests).toHaveLength(3);
    expect(reports).toMatchObject([{ ok: false, error: { kind: 'timeout' } }]);
  });

  it('does not report what began before the newest answer', async () => {
    const { clock, transport, reports } = probed();
    await clock.advance(2_000);
    const [slow, quick] = transport.open.splice(0);
    quick?.resolve(answerOf('"new"'));
    await clock.advance(0);
    slow?.reject(timeout());
    await clock.advance(0);
    expect(reports).toMatchObject([{ ok: true, leader: 'new' }]);
  });

  it('reports a refusal and a page that is no answer', async () => {
    const { clock, transport, reports } = probed();
    await transport.answer(answerOf('No path to datacenter', { status: 500 }));
    await clock.advance(2_000);
    await transport.answer(answerOf('<html>'));
    expect(reports).toMatchObject([
      { ok: false, error: { kind: 'status', status: 500 } },
      { ok: false, error: { kind: 'not-json' } },
    ]);
  });

  it('stops at once and leaves no timer', async () => {
    const { clock, transport, reports, subject } = probed();
    subject.stop();
    await clock.advance(60_000);
    expect(transport.open).toHaveLength(0);
    expect([clock.pending, transport.requests.length, reports.length]).toEqual([0, 1, 0]);
  });
});
