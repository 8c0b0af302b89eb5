import { existsSync, readdirSync, readFileSync } from 'node:fs';

const DEADLINE_MS = 2_000;

/**
 * Returns once no thread of a process runs that was sent SIGSTOP. The signal is only on its way when `kill` returns, and on another processor the process may answer
 * a request meanwhile. Synchronous, as what is frozen is to be so for the next line of a test.
 */
export function awaitStopped(pid: number): void {
  const giveUpAtMs = performance.now() + DEADLINE_MS;
  const nap = new Int32Array(new SharedArrayBuffer(4));
  while (!isStopped(pid)) {
    if (performance.now() > giveUpAtMs) throw new Error(`Process ${pid} does not stop.`);
    Atomics.wait(nap, 0, 0, 1);
  }
}

function isStopped(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).every((task) => {
    // A thread may end meanwhile.
    if (!existsSync(`${tasks}/${task}/stat`)) return true;
    const stat = readFileSync(`${tasks}/${task}/stat`, 'utf8');
    // After the name, which may hold anything, in parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  });
}
