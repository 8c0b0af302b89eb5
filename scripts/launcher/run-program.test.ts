import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { projectPath } from './project.mjs';

const inner = `process.on('SIGTERM', () => process.exit(0)); console.log('runs'); setInterval(() => {}, 1_000);`;
const outer = `
  import { endingSignal, runProgram } from ${JSON.stringify(projectPath('scripts/launcher/run-program.mjs'))};
  const status = await runProgram(process.execPath, ['-e', ${JSON.stringify(inner)}]);
  console.log(JSON.stringify({ status, signal: endingSignal() }));
`;

test('a program that ends well on a signal does not hide that the signal came: what would follow is not begun', async () => {
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', outer], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const part of launcher.stdout) {
    output += String(part);
    if (output === 'runs\n') launcher.kill('SIGTERM');
  }
  if (launcher.exitCode === null) await once(launcher, 'exit');
  expect(JSON.parse(output.split('\n')[1] ?? '')).toEqual({ status: 0, signal: 'SIGTERM' });
});
