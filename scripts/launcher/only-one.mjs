// @ts-check
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { projectPath } from './project.mjs';

const EVERY_MS = 300;

/**
 * Runs a piece of work that must not run twice at once in one project: two builds would write into the same folder. A second launcher says so and waits;
 * one that died holding the lock does not count.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [lockFile]
 * @returns {Promise<T>}
 */
export async function onlyOne(work, lockFile = projectPath('.cache/launcher.lock')) {
  mkdirSync(lockFile.replace(/\/[^/]*$/, ''), { recursive: true });
  let told = false;
  while (!take(lockFile)) {
    const holder = holderOf(lockFile);
    if (holder === null) continue;
    if (!isAlive(holder)) {
      rmSync(lockFile, { force: true });
      continue;
    }
    if (!told) console.log(`Waiting for another command of this project that installs or builds (process ${holder}) …`);
    told = true;
    await wait(EVERY_MS);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** @param {string} lockFile */
function take(lockFile) {
  // Linked when it is complete: a lock that is created first and filled then could be read while it is empty.
  const own = `${lockFile}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, lockFile);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own);
  }
}

/** @param {string} lockFile @returns {number | null} null where it has just been released */
function holderOf(lockFile) {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return null;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
