import { expect, it } from 'vitest';
import { answerOf } from '@/server/consul/testing/answer';
import { HeldTransport } from '@/server/consul/testing/held-transport';
import { ManualClock, settled } from '@/server/consul/testing/manual-clock';
import { CONFIG_ENTRIES } from './configuration-source';
import { WatchedSource } from './watched-source';

const entry = (Name: string, ModifyIndex: number) => ({ Kind: 'service-defaults', Name, ModifyIndex });

function watching() {
  const clock = new ManualClock();
  const transport = new HeldTransport();
  const said: string[] = [];
  const source = new WatchedSource({
    ...{
      dc: 'dc1',
      source: CONFIG_ENTRIES,
      transport,
      clock,
      random: () => 0,
      waitMs: () => 20_000,
      pollMs: () => null,
    },
    onBaseline: (facts) => said.push(`there ${[...facts.values()].map(({ name }) => name.split('/')[1]).join()}`),
    onChange: ({ op, name }) => said.push(`${op} ${name.split('/')[1]}`),
    onComplete: () => said.push('complete'),
    onUncertain: () => said.push('ask'),
    onError: () => {},
  });
  const answer = (entries: object[], index: number) =>
    transport.answer(answerOf(entries, { index, receivedAtMs: clock.now() }));
  const right = (allowed: boolean) => source.takeRight(allowed, clock.now());
  return { clock, said, source, answer, right };
}

it('what is missing is gone once the token is known to see all; before, it is kept', async () => {
  const { said, source, answer, right } = watching();
  await answer([entry('a', 3), entry('b', 4)], 4);
  right(true);
  await answer([entry('a', 3)], 7);
  expect(said.splice(0)).toEqual(['there a,b', 'ask', 'complete', 'ask']);
  right(false);
  expect(source.reading.missingRule).toContain('service_prefix');
  expect(source.facts).toHaveLength(2);
  // Given again: what was answered without the right proves nothing.
  right(true);
  await settled();
  expect(said.splice(0)).toEqual([]);
  await answer([entry('a', 3)], 7);
  right(true);
  expect(said).toEqual(['ask', 'remove b']);
});

it('an answer that came after the right was asked for is not judged by it', async () => {
  const { clock, said, source, answer } = watching();
  await answer([entry('a', 3)], 4);
  const askedAtMs = clock.now();
  await clock.advance(1_000);
  await answer([], 5);
  source.takeRight(true, askedAtMs);
  expect(said).toEqual(['there a', 'ask', 'ask']);
});

it('what was written before the last answer and was not in it is not new: it could not be seen', async () => {
  const { said, answer } = watching();
  await answer([entry('a', 3)], 10);
  await answer([entry('a', 3), entry('hidden', 8), entry('new', 12)], 12);
  expect(said).toEqual(['there a', 'ask', 'there hidden', 'put new']);
});

it('what may be a record that cannot be read is not gone', async () => {
  const { said, source, answer, right } = watching();
  await answer([entry('a', 3)], 4);
  right(true);
  await answer([{ Kind: 7 }], 5);
  right(true);
  expect(said).toEqual(['there a', 'ask', 'complete', 'ask']);
  expect(source.reading.problem).toContain('cannot be read');
});
