import { expect, it } from 'vitest';
import { serverVersionsMixed, versionCounts } from './version-counts';

it('counts agents by version, the newest first, by number and not by letter', () => {
  const agents = [
    { version: '1.9.1', server: true },
    { version: '1.10.11', server: true },
    { version: '1.10.11', server: false },
    { version: '1.8.7', server: false },
    { version: '', server: false },
  ];
  const counts = versionCounts(agents);
  expect(counts).toEqual([
    { version: '1.10.11', servers: 1, clients: 1 },
    { version: '1.9.1', servers: 1, clients: 0 },
    { version: '1.8.7', servers: 0, clients: 1 },
  ]);
  expect(serverVersionsMixed(counts)).toBe(true);
  expect(serverVersionsMixed(counts.slice(1))).toBe(false);
});
