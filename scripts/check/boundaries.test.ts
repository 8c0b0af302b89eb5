import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectPath } from '@/scripts/launcher/project.mjs';

/**
 * The layers are rules of the linter, and a rule that matches nothing passes in silence. So each is broken here on purpose, in a tree
 * of its own under the project's configuration, and must be caught.
 */
const BROKEN: [rule: string, file: string, source: string, complaint: string][] = [
  ['lib imports lib alone', 'lib/a/a.ts', "import '@/server/main';", 'pure core'],
  ['lib imports no components', 'lib/a/b.ts', "import '@/components/live/live';", 'pure core'],
  ['a test of lib imports lib alone', 'lib/a/a.test.ts', "import '@/server/main';", 'pure core'],
  ['lib knows no Node', 'lib/a/c.ts', "import 'node:fs';", 'no I/O'],
  ['lib knows no React', 'lib/a/d.ts', "import 'react';", 'no I/O'],
  ['lib knows no timers', 'lib/a/e.ts', 'export const x = () => setTimeout(() => {}, 1);', 'setTimeout'],
  ['lib knows no clock', 'lib/a/f.ts', 'export const x = () => Date.now();', 'no clock'],
  ['lib knows no date of its own', 'lib/a/g.ts', 'export const x = () => new Date();', 'no clock'],
  ['lib knows no chance', 'lib/a/h.ts', 'export const x = () => Math.random();', 'no chance'],
  ['config stands at the bottom', 'server/config/a.ts', "import '@/server/consul/b';", 'downward'],
  ['consul imports nothing above', 'server/consul/a.ts', "import '@/server/fleet/b';", 'downward'],
  ['access imports nothing above', 'server/access/a.ts', "import '@/server/http/b';", 'downward'],
  ['prometheus imports nothing above', 'server/prometheus/a.ts', "import '@/server/topology/b';", 'downward'],
  ['topology imports nothing beside', 'server/topology/a.ts', "import '@/server/release/b';", 'downward'],
  ['fleet imports nothing above', 'server/fleet/a.ts', "import '@/server/stream/b';", 'downward'],
  ['fleet imports nothing beside', 'server/fleet/b.ts', "import '@/server/release/b';", 'downward'],
  ['stream imports nothing above', 'server/stream/a.ts', "import '@/server/http/b';", 'downward'],
  ['stream imports nothing beside', 'server/stream/b.ts', "import '@/server/history/b';", 'downward'],
  ['http does not import main', 'server/http/a.ts', "import '@/server/main';", 'downward'],
  ['the server knows no page', 'server/http/b.ts', "import '@/app/page';", 'interface'],
  ['the server knows no React', 'server/fleet/c.ts', "import 'react';", 'interface'],
  ['main knows no component', 'server/main.ts', "import '@/components/ui/card';", 'interface'],
  ['the server knows no test world', 'server/stream/c.ts', "import '@/e2e/world/world';", 'e2e'],
  ['a component imports no server', 'components/fleet/a.ts', "import '@/server/main';", 'its own folder'],
  ['a component imports no other feature', 'components/fleet/b.ts', "import '@/components/wall/a';", 'its own folder'],
  [
    'a part of alerts imports no other feature',
    'components/alerts/a/a.ts',
    "import '@/components/fleet/a';",
    'its own feature',
  ],
  ['a primitive knows no connection', 'components/ui/a.ts', "import '@/components/live/live';", 'primitive'],
  ['what features share knows none', 'components/observed/a.ts', "import '@/components/fleet/card';", 'no feature'],
  ['the filter knows no feature', 'components/filter/a.ts', "import '@/components/fleet/card';", 'no feature'],
  ['the connection knows no feature', 'components/live/a.ts', "import '@/components/fleet/card';", 'no feature'],
  ['a page imports no server', 'app/a.ts', "import '@/server/main';", 'first-data'],
  ['folders are crossed by their full name', 'server/fleet/d.ts', "import '../consul/b';", 'across folders'],
];

const ALLOWED: [file: string, source: string][] = [
  ['lib/z/a.ts', "import '@/lib/a/x';"],
  ['server/consul/z.ts', "import '@/lib/a/x';"],
  ['server/topology/z.ts', "import '@/server/prometheus/z';"],
  ['server/fleet/z.ts', "import '@/server/consul/z';"],
  ['server/http/z.ts', "import '@/server/stream/z';"],
  ['components/fleet/z.ts', "import '@/components/live/live';"],
  ['components/fleet/y.ts', "import '@/components/observed/z';"],
  ['components/fleet/x.ts', "import '@/components/filter/z';"],
  ['components/alerts/a/z.ts', "import '@/components/alerts/b/z';"],
  ['components/observed/z.ts', "import '@/components/live/live';"],
  ['app/z.ts', "import '@/components/fleet/z';"],
];

let tree: string;
/** Complaints by file. */
let complaints: Map<string, string>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), 'lictor-boundaries-'));
  for (const file of ['biome.json', '.gitignore', 'scripts/check/no-clock.grit']) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    copyFileSync(projectPath(file), join(tree, file));
  }
  const circle = [
    ['server/fleet/one.ts', "import { two } from './two';\nexport const one = () => two;"],
    ['server/fleet/two.ts', "import { one } from './one';\nexport const two = () => one;"],
  ] as const;
  const sources = [...BROKEN.map(([, file, source]) => [file, source] as const), ...ALLOWED, ...circle];
  for (const [file, source] of sources) {
    mkdirSync(dirname(join(tree, file)), { recursive: true });
    writeFileSync(join(tree, file), `${source}\n`);
  }
  complaints = lint();
}, 60_000);

afterAll(() => rmSync(tree, { recursive: true }));

function lint(): Map<string, string> {
  const args = ['lint', '--reporter=json', '--max-diagnostics=none', '.'];
  const run = spawnSync(projectPath('node_modules/.bin/biome'), args, { cwd: tree, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(run.stdout) as {
    diagnostics: { category: string; message: string; location: { path: string } }[];
  };
  const byFile = new Map<string, string>();
  for (const { category, message, location } of diagnostics) {
    byFile.set(location.path, `${byFile.get(location.path) ?? ''}${category}: ${message}\n`);
  }
  return byFile;
}

describe('the layers', () => {
  test.each(BROKEN)('%s', (_, file, _source, complaint) => {
    expect(complaints.get(file)).toContain(complaint);
  });

  test('a circle of imports is caught', () => {
    expect(complaints.get('server/fleet/one.ts')).toContain('noImportCycles');
  });

  test.each(ALLOWED)('%s may: %s', (file) => {
    expect(complaints.get(file) ?? '').not.toContain('noRestrictedImports');
  });
});
