// A process that carries out one plan, or what is left of one, and ends or hangs where a test wants it to.
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { journaledPlanSchema } from '@/lib/release/journal/intent';
import { mechanismSchema } from '@/lib/release/mechanism';
import { systemClock } from '@/server/consul/clock';
import { ConsulError } from '@/server/consul/consul-error';
import { thisProcess } from '@/server/release/journal/holder';
import { IntentStore } from '@/server/release/journal/intent-store';
import { PlanExecutor } from '@/server/release/journal/plan-executor';
import { Recovery } from '@/server/release/journal/recovery';
import type { Writer, Writers } from '@/server/release/writer';
import { keyAndEntryWriters } from './key-and-entry-writers';
import { releaseConsulAt } from './release-consul-at';

const orderSchema = z.object({
  task: z.enum(['execute', 'recover']),
  address: z.string(),
  replica: z.string(),
  request: journaledPlanSchema
    .pick({ writes: true, wish: true })
    .extend({ dc: z.string(), service: z.string(), by: z.string(), mechanism: mechanismSchema }),
  /** Null: it comes to its end. */
  end: z
    .object({
      /** Of which kind of call, and the how manieth. */
      of: z.enum(['write', 'restore']),
      count: z.int().min(1),
      /** Before it; with its bytes sent and no answer; after its answer; before it, once the journal says that all before it is done. */
      when: z.enum(['before', 'sent', 'after', 'marked']),
      signal: z.enum(['SIGKILL', 'SIGSTOP']),
    })
    .nullable(),
  /** This target Consul will not have. */
  refused: z.string().nullable(),
  limitMs: z.int(),
});
export type Order = z.infer<typeof orderSchema>;

const order = orderSchema.parse(JSON.parse(process.env.TEST_ORDER ?? ''));
const { consul } = releaseConsulAt(order.address);
const counts = { write: 0, restore: 0 };
const ended = { write: 0, restore: 0 };

async function around<Result>(of: 'write' | 'restore', act: () => Promise<Result>): Promise<Result> {
  counts[of] += 1;
  const count = counts[of];
  const { end } = order;
  const isHere = (when: string) => end?.of === of && end.when === when;
  if (isHere('before') && end?.count === count) hit();
  if (isHere('marked') && end?.count === count) {
    await untilMarked(count - 1);
    hit();
  }
  const acting = act();
  if (isHere('sent') && end?.count === count) {
    // The socket is written to in the next turns of the loop; the answer takes longer than that.
    await sleep(0);
    hit();
  }
  const result = await acting;
  ended[of] += 1;
  if (isHere('after') && end?.count === ended[of]) hit();
  return result;
}

function hit(): void {
  process.kill(process.pid, order.end?.signal);
}

async function untilMarked(done: number): Promise<void> {
  const { dc, service } = order.request;
  const store = new IntentStore(consul);
  for (;;) {
    const found = await store.find(dc, service, new AbortController().signal);
    if ((found?.intent?.done.length ?? 0) >= done) return;
    await sleep(5);
  }
}

function tripped(writer: Writer): Writer {
  return {
    look: (write, signal) => writer.look(write, signal),
    write: (write, signal) =>
      around('write', async () => {
        if (write.target !== order.refused) return writer.write(write, signal);
        throw new ConsulError('status', `${write.target} is refused: permission denied.`, { status: 403 });
      }),
    restore: (write, signal) => around('restore', () => writer.restore(write, signal)),
  };
}

const plain = keyAndEntryWriters(consul);
const writers = Object.fromEntries(
  Object.entries(plain).map(([kind, writer]) => [kind, tripped(writer as Writer)]),
) as Writers;
const self = thisProcess(order.replica);
const common = { consul, writers, clock: systemClock, self, limitMs: order.limitMs };
const executor = new PlanExecutor({ ...common, onLeft: () => {} });
if (order.task === 'recover') {
  new Recovery({ ...common, executor, leads: () => false, doubtMs: 1_000 }).start();
} else {
  console.log(JSON.stringify(await executor.execute(order.request, new AbortController().signal)));
  process.exit(0);
}
