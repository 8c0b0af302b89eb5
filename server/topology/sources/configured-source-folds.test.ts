import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConfigurationFact } from '@/lib/configuration/configuration-fact';
import { ManualClock } from '@/server/consul/testing/manual-clock';
import { ConfiguredSource } from './configured-source';
import { listening } from './testing/told-by';

const NAMES = ['a', 'b', 'c'];
const name = fc.constantFrom(...NAMES);

const factOf = (kind: 'service-resolver' | 'intention', of: string, to: string): ConfigurationFact => {
  const isIntention = kind === 'intention';
  const shown = isIntention ? `${of} => ${to}` : `service-resolver/${of}`;
  const content = isIntention
    ? { SourceName: of, DestinationName: to, Action: 'allow' }
    : { Kind: kind, Name: of, Redirect: { Service: to } };
  return {
    ...{ dc: 'dc1', subject: isIntention ? 'intention' : 'config-entry', key: shown, name: shown, modifyIndex: 1 },
    ...{ digest: '', content: JSON.stringify(content) },
  };
};

const factArbitrary = fc
  .tuple(fc.constantFrom('service-resolver' as const, 'intention' as const), name, name)
  .map((parts) => factOf(...parts));
const stepArbitrary = fc.oneof(
  fc.record({ do: fc.constant('put' as const), fact: factArbitrary }),
  fc.record({ do: fc.constant('remove' as const), fact: factArbitrary }),
  fc.record({ do: fc.constant('copies' as const), copies: fc.subarray(['dc2', 'dc3']) }),
);

function configured(copies: readonly string[]) {
  const heard = listening();
  const federation = { copies };
  const source = new ConfiguredSource({
    ...{ clock: new ManualClock(), told: heard.told, versionMetaKeys: [], onEntry: () => {} },
    places: { isWrittenIn: (dc) => dc === 'dc1', copiesOf: () => ['dc1', ...federation.copies] },
  });
  return { heard, source, federation };
}

test('whatever came, changed, went or joined: what is told is what telling all of it at once would tell', () => {
  fc.assert(
    fc.property(fc.array(stepArbitrary, { maxLength: 20 }), (steps) => {
      const { heard, source, federation } = configured([]);
      const facts = new Map<string, ConfigurationFact>();
      for (const step of steps) {
        if (step.do === 'copies') federation.copies = step.copies;
        else {
          const { fact } = step;
          const to = step.do === 'put' ? fact : null;
          if (to) facts.set(fact.key, to);
          else facts.delete(fact.key);
          const stamp = {
            observedAt: '2026-01-01T00:00:00.000Z',
            modifyIndex: 2,
            index: 2,
            merged: false,
            summary: '',
          };
          source.changed({
            ...stamp,
            dc: 'dc1',
            subject: fact.subject,
            key: fact.key,
            name: fact.name,
            op: step.do,
            from: null,
            to,
          });
        }
        source.tick();
      }
      const fresh = configured(federation.copies);
      fresh.source.baseline('dc1', [...facts.values()]);
      const sorted = (from: typeof heard) => [...from.sources].sort(([a], [b]) => (a < b ? -1 : 1));
      expect(sorted(heard)).toEqual(sorted(fresh.heard));
      expect([...source.chained('dc1')].sort()).toEqual([...fresh.source.chained('dc1')].sort());
    }),
  );
});
