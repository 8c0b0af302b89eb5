import type { Browser, CDPSession, Page } from '@playwright/test';

/** Collections that free what the one before has only unlinked. */
const COLLECTIONS = 3;

/** Bytes that a page's scripts hold after garbage was collected. */
export async function pageHeapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const bytes = await heapBytes((method) => session.send(method as 'Runtime.getHeapUsage'));
  await session.detach();
  return bytes;
}

/** The same of the browser's one shared worker, which belongs to no page: the browser passes on what is said to it. */
export async function workerHeapBytes(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { targetInfos } = await session.send('Target.getTargets');
  const workers = targetInfos.filter(({ type }) => type === 'shared_worker');
  const [worker] = workers;
  if (!worker || workers.length > 1)
    throw new Error(`The browser has ${workers.length} shared workers; it must be one.`);
  const { sessionId } = await session.send('Target.attachToTarget', { targetId: worker.targetId, flatten: false });
  let id = 0;
  const bytes = await heapBytes((method) => {
    id += 1;
    return askTarget(session, sessionId, { id, method });
  });
  await session.detach();
  return bytes;
}

type Ask = (method: string) => Promise<unknown>;

async function heapBytes(ask: Ask): Promise<number> {
  for (let n = 0; n < COLLECTIONS; n += 1) await ask('HeapProfiler.collectGarbage');
  return ((await ask('Runtime.getHeapUsage')) as { usedSize: number }).usedSize;
}

function askTarget(session: CDPSession, sessionId: string, question: { id: number; method: string }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (event: { sessionId: string; message: string }) => {
      const answer = JSON.parse(event.message) as { id?: number; result?: unknown; error?: { message: string } };
      if (event.sessionId !== sessionId || answer.id !== question.id) return;
      session.off('Target.receivedMessageFromTarget', hear);
      if (answer.error) reject(new Error(`${question.method}: ${answer.error.message}`));
      else resolve(answer.result);
    };
    session.on('Target.receivedMessageFromTarget', hear);
    session.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify(question) }).catch(reject);
  });
}
