import { parentPort, workerData } from 'node:worker_threads';
import { LastingReader } from '@/server/history/store/lasting-reader';
import { LastingWriter } from '@/server/history/store/lasting-writer';
import { recordErrorOf } from '@/server/history/store/record-error-of';
import type { Call, Report, ThreadTask } from './messages';

/**
 * The program of a thread: databases answer here, so that the thread which serves streams never waits for a disk. A writer and a reader have a thread each, so that
 * no question delays a write.
 */
const { role, place, limits } = workerData as ThreadTask;

const report = (message: Report): void => parentPort?.postMessage(message);

const writer = role === 'writer' ? new LastingWriter(place, (notice) => report({ notice }), limits) : null;
const record = writer ?? new LastingReader(place);

parentPort?.on('message', async ({ id, of, method, args }: Call) => {
  try {
    const target = of === 'documents' && writer !== null ? writer.documents : record;
    const act = Reflect.get(target, method) as (...args: readonly unknown[]) => Promise<unknown>;
    report({ id, value: await act.apply(target, [...args]) });
  } catch (error) {
    const { code, message } = recordErrorOf(error, place);
    report({ id, fault: { code, message } });
  }
});
