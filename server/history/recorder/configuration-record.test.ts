import { beforeEach, describe, expect, it } from 'vitest';
import type { ConfigurationChange, ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { subjectKey } from '@/lib/configuration/subject-key';
import type { RecordedConfiguration } from '@/lib/history/recorded';
import type { Transition } from '@/lib/history/transition';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { ConfigurationRecord } from './configuration-record';

const ENTRIES = { subject: 'config-entry', prefix: null } as const;
const KEYS = { subject: 'kv', prefix: 'app/' } as const;

const entry = (name: string, protocol: string): ConfigurationFact => {
  const content = JSON.stringify({ Kind: 'service-defaults', Name: name, Protocol: protocol });
  const key = subjectKey('dc1', 'service-defaults', name);
  return { ...{ dc: 'dc1', subject: 'config-entry', key, name, content, digest: content, modifyIndex: 7 } };
};

const protocolOf = (content: string | null) => content && JSON.parse(content).Protocol;

describe('the record of what is configured', () => {
  let clock: ManualClock;
  let written: Transition[];
  let record: ConfigurationRecord;
  let recorded: RecordedConfiguration[];
  const writer = { recordedConfiguration: async () => recorded };
  const told = () => written.map(({ subject, from, to }) => [subject.key, protocolOf(from), protocolOf(to)]);

  beforeEach(() => {
    clock = new ManualClock();
    written = [];
    recorded = [];
    record = new ConfigurationRecord(clock, { transitions: (some) => written.push(...some), gap: () => {} });
  });

  const has = ({ subject: kind, key, content }: ConfigurationFact) => recorded.push({ kind, key, content });

  function change(from: ConfigurationFact, to: ConfigurationFact | null): ConfigurationChange {
    const { dc, subject, key, name } = from;
    const op = to ? 'put' : 'remove';
    const stamp = { observedAt: clock.iso(clock.now()), index: 9, merged: false };
    return { ...{ dc, subject, key, name, from, to, op, modifyIndex: to?.modifyIndex ?? null, summary: '' }, ...stamp };
  }

  it('is brought up to what is there at the start, unwatched since its end, and then told each change', async () => {
    for (const one of ['web', 'same', 'gone']) has(entry(one, 'tcp'));
    recorded.push({ kind: 'kv', key: 'dc1/other%2Fkey', content: '{"digest":"x","bytes":1}' });
    record.begin({ aliveMs: 500_000 });
    record.baseline('dc1', [entry('web', 'http'), entry('same', 'tcp')]);
    await record.catchUp(writer);
    expect(told()).toEqual([['dc1/service-defaults/web', 'tcp', 'http']]);
    expect(written[0]).toMatchObject({ kind: 'configuration', index: 7, merged: true, unwatchedFromMs: 500_000 });
    record.complete('dc1', ENTRIES);
    record.complete('dc1', KEYS);
    expect(told().slice(1), 'a key of a prefix that is watched no longer is not gone').toEqual([
      ['dc1/service-defaults/gone', 'tcp', null],
    ]);
    record.changed(change(entry('web', 'http'), entry('web', 'grpc')));
    record.changed(change(entry('web', 'grpc'), null));
    expect(told().slice(2)).toEqual([
      ['dc1/service-defaults/web', 'http', 'grpc'],
      ['dc1/service-defaults/web', 'grpc', null],
    ]);
    expect(written.at(-1)).toMatchObject({ index: 9, merged: false, unwatchedFromMs: null, to: null });
  });

  it('of what another replica wrote nothing is written again, and what it did not is written with its moment', async () => {
    record.baseline('dc1', [entry('web', 'tcp'), entry('api', 'tcp')]);
    await clock.advance(1_000);
    record.changed(change(entry('web', 'tcp'), entry('web', 'http')));
    has(entry('web', 'http'));
    has(entry('api', 'tcp'));
    await clock.advance(1_000);
    const atMs = clock.now();
    record.changed(change(entry('api', 'tcp'), entry('api', 'http')));
    await record.catchUp(writer);
    expect(written).toEqual([]);
    await clock.advance(1_000);
    record.begin({ aliveMs: atMs - 500 });
    await record.catchUp(writer);
    expect(told()).toEqual([['dc1/service-defaults/api', 'tcp', 'http']]);
    expect(written[0]).toMatchObject({ observedAtMs: atMs, unwatchedFromMs: null, merged: false });
  });

  it('nothing is written while another replica writes, or before the record was read', async () => {
    record.begin({ aliveMs: null });
    record.baseline('dc1', [entry('web', 'tcp')]);
    expect(written).toEqual([]);
    await Promise.all([record.catchUp(writer), record.catchUp(writer)]);
    expect(told()).toEqual([['dc1/service-defaults/web', null, 'tcp']]);
    expect(written[0]?.unwatchedFromMs, 'nobody knows since when it is there').toBe(0);
    record.follow();
    record.changed(change(entry('web', 'tcp'), entry('web', 'http')));
    expect(written).toHaveLength(1);
  });
});
