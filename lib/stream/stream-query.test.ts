import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceKey } from '@/lib/fleet/keys';
import type { Topic } from './protocol';
import { streamQuery } from './stream-query';
import { parseTopicRequest, type StreamPosition, serviceTopic } from './topics';

describe('the query of a stream request', () => {
  it('asks for held topics from where they are, and for the others whole', () => {
    const held: StreamPosition = { epoch: 1_700, seq: 42 };
    expect(streamQuery(['fleet', 'nodes'], (topic) => (topic === 'fleet' ? held : null))).toBe(
      'topic=fleet%401700%3A42&topic=nodes',
    );
  });

  it('is read back whatever a service is called', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a/b', '100%', 'c&topic=d', 'e@1:2', '服务'));
    const position = fc.option(fc.record({ epoch: fc.nat(), seq: fc.nat() }));
    fc.assert(
      fc.property(fc.array(fc.tuple(name, position), { maxLength: 6 }), (services) => {
        const asked = new Map(
          services.map(([n, p]): [Topic, StreamPosition | null] => [serviceTopic(serviceKey('dc', n)), p]),
        );
        const query = streamQuery(asked.keys(), (topic) => asked.get(topic) ?? null);
        const read = new URLSearchParams(query).getAll('topic').map(parseTopicRequest);
        expect(read).toEqual([...asked].map(([topic, p]) => ({ name: topic, position: p })));
      }),
    );
  });
});
