import type { Intent } from '@/lib/release/journal/intent';
import { HeldIntent, TakenOver } from './held-intent';
import type { IntentStore } from './intent-store';

/**
 * Puts the intent and its plan into the journal: in one request where the plan is small, else the intent first, and `writing` only once the plan is whole.
 * @returns null where an intent of this service stands already
 * @throws TakenOver @throws ConsulError
 */
export async function beginPlan(
  store: IntentStore,
  unsigned: Intent,
  parts: readonly Buffer[],
  signal: AbortSignal,
): Promise<HeldIntent | null> {
  const intent = store.signed(unsigned, parts);
  if (parts.length === 1) {
    const stored = await store.create(intent, parts, signal);
    return stored && new HeldIntent(store, stored);
  }
  const stored = await store.create({ ...intent, parts: parts.length, phase: 'preparing' }, [], signal);
  if (stored === null) return null;
  for (const [number, part] of parts.entries()) {
    if (!(await store.putPart(stored, number, part, signal))) throw new TakenOver();
  }
  const held = new HeldIntent(store, stored);
  await held.change({ phase: 'writing' }, signal);
  return held;
}
