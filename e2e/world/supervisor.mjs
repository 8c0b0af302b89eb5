// @ts-check
// Stands between a world and its Consul agents. When the world's process is gone, however it went, this one's standard input ends; it then
// kills every agent and removes their files. A signal handler in the world's own process could not do that after SIGKILL.
//
// Commands come as JSON, one a line: {"id": 1, "command": "…", "args": ["…"], "cwd": "…", "env": {…}, "logFile": "…"}. It answers {"id": 1, "pid": 123} and, at the end
// of that process, {"id": 1, "status": 0, "signal": null}; or {"id": 1, "error": "…"} when it could not be started.
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('The supervisor needs the folder that it removes at the end.');

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
let ending = false;

/** @param {Record<string, unknown>} message */
function answer(message) {
  if (!ending) process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** @param {{ id: number, command: string, args: string[], cwd?: string, env?: Record<string, string>, logFile: string }} request */
function start({ id, command, args, cwd = folder, env = {}, logFile }) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', log, log] });
  closeSync(log);
  child.once('error', (error) => answer({ id, error: error.message }));
  child.once('spawn', () => {
    running.add(child);
    answer({ id, pid: child.pid });
  });
  child.once('exit', (status, signal) => {
    running.delete(child);
    answer({ id, status, signal });
    if (ending) endIfAlone();
  });
}

function end() {
  ending = true;
  // SIGKILL ends a stopped process too; the agents' state is thrown away, so nothing is gained by asking politely.
  for (const child of running) child.kill('SIGKILL');
  endIfAlone();
}

function endIfAlone() {
  if (running.size > 0) return;
  rmSync(folder ?? '', { recursive: true, force: true });
  process.exit(0);
}

process.stdout.on('error', end);
createInterface({ input: process.stdin })
  .on('line', (line) => start(JSON.parse(line)))
  .on('close', end);
