import { expect, test } from 'vitest';
import { documentSource } from './document-source';
import { scriptedPlace } from './testing/told-by';

function source(start: string | number) {
  let stored = start;
  let ModifyIndex = 1;
  const scripted = scriptedPlace(() => {
    if (typeof stored === 'number') return { status: stored, body: '' };
    return { body: [{ Key: 'team/edges', Value: Buffer.from(stored).toString('base64'), Flags: 0, ModifyIndex }] };
  });
  const running = documentSource(scripted.place, 'team/edges');
  const write = (text: string | number) => {
    stored = text;
    ModifyIndex += 1;
  };
  return { ...scripted, running, write };
}

test('its edges are told once, and again when it is written', async () => {
  const { pass, heard, write, asked } = source('{"edges":[{"from":"shop","to":"billing@dc2"}]}');
  await pass(0);
  expect(heard.edges()).toEqual(['dc1/shop>dc2/billing']);
  await pass(60_000);
  expect(heard.tellings).toBe(1);
  expect(new Set(asked())).toEqual(new Set(['/v1/kv/team/edges']));
  write('{"edges":[{"from":"shop","to":"users"}]}');
  await pass(10_000);
  expect(heard.edges()).toEqual(['dc1/shop>dc1/users']);
});

test('an error is told with its line, and what is right is shown', async () => {
  const { pass, heard, state } = source('{"edges":[\n{"from":"shop","to":"users"},\n{"from":"shop"}\n]}');
  await pass(0);
  expect(heard.edges()).toEqual(['dc1/shop>dc1/users']);
  expect(state('documents')).toMatchObject({ state: 'live', reason: expect.stringContaining('line 3: ') });
});

test('no document is nothing wrong, and one that is taken away takes its edges with it', async () => {
  const { pass, heard, state, write } = source('{"edges":[{"from":"a","to":"b"}]}');
  await pass(0);
  write(404);
  await pass(10_000);
  expect([heard.edges(), state('documents')?.state, state('documents')?.reason]).toEqual([[], 'live', null]);
});

test('without the right to it that is said with the rule, and with a Consul that is away it is old', async () => {
  const { pass, state, write, heard } = source('{"edges":[{"from":"a","to":"b"}]}');
  await pass(0);
  write(500);
  await pass(10_000);
  expect([state('documents')?.state, heard.edges()]).toEqual(['old', ['dc1/a>dc1/b']]);
  write(403);
  await pass(20_000);
  expect(state('documents')).toMatchObject({ state: 'absent', reason: expect.stringContaining('key "team/edges"') });
});
