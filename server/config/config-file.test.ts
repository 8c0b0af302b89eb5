import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readConfigFile } from './config-file';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function policyPrefix(release: object): string {
  const folder = mkdtempSync(join(tmpdir(), 'lictor-config-'));
  folders.push(folder);
  const path = join(folder, 'lictor.json');
  writeFileSync(path, JSON.stringify({ release }));
  return readConfigFile({ LICTOR_CONFIG: path }).release.policyPrefix;
}

test('policy documents are under lictor/traffic/, or where the file says', () => {
  expect(policyPrefix({})).toBe('lictor/traffic/');
  expect(readConfigFile({}).release.policyPrefix).toBe('lictor/traffic/');
  expect(policyPrefix({ policyPrefix: 'gateways/policy-' })).toBe('gateways/policy-');
});

test.each(['', '/lictor/', 'a//b', 'a/../b/', './a', 'a/..'])('%j is no prefix of policy documents', (prefix) => {
  expect(() => policyPrefix({ policyPrefix: prefix })).toThrow(/LICTOR_CONFIG.*release\.policyPrefix/);
});
