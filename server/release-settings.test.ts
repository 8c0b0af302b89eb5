import { expect, it } from 'vitest';
import { readSettings } from './config/settings';
import { neverWrites, watchedPrefixes } from './release-settings';

it.each([
  [{}, null],
  [{ HOST: '::1' }, null],
  [{ LICTOR_READ_ONLY: '1' }, /LICTOR_READ_ONLY/],
  [{ HOST: '0.0.0.0', LICTOR_ALLOW_OPEN: '1' }, /listens on 0\.0\.0\.0.*LICTOR_AUTH/],
])('with %o it may write or says why not', (env, expected) => {
  const sentence = neverWrites(readSettings(env));
  if (expected === null) expect(sentence).toBeNull();
  else expect(sentence).toMatch(expected);
});

it.each([
  [[], ['lictor/traffic/']],
  [['app/'], ['app/', 'lictor/traffic/']],
  [['lictor/'], ['lictor/']],
  [['lictor/traffic/'], ['lictor/traffic/']],
  [
    ['lictor/traffic/web', 'app/'],
    ['app/', 'lictor/traffic/'],
  ],
])('of keys that begin with %j those that begin with %j are watched, each by one query', (kvPrefixes, expected) => {
  const { file } = readSettings({});
  expect(watchedPrefixes({ ...file, history: { ...file.history, kvPrefixes } })).toEqual(expected);
});
