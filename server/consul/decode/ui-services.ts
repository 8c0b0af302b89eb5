import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { isOfPeer, peerField } from './peer';
import { wholeBody } from './whole-body';

const summariesSchema = z
  .array(z.object({ Name: z.string(), Nodes: z.array(z.string()).nullish(), ...peerField }))
  .nullable();

/** `/v1/internal/ui/services`: on which nodes each service stands. */
export function decodeServiceNodes(answer: ConsulAnswer): Map<string, readonly string[]> {
  const own = (wholeBody(answer, summariesSchema) ?? []).filter((summary) => !isOfPeer(summary));
  return new Map(own.map(({ Name, Nodes }) => [Name, Nodes ?? []]));
}

const CHECK_COUNTS = ['ChecksPassing', 'ChecksWarning', 'ChecksCritical'];
const marksSchema = z.array(z.looseObject({ Name: z.string(), ...peerField })).nullable();

/**
 * `/v1/internal/ui/services`: of each service a text that is another when its instances are (as far as the summary shows them), and the same while only the status of a
 * check changes.
 */
export function decodeServiceMarks(answer: ConsulAnswer): Map<string, string> {
  const marks = new Map<string, string>();
  for (const summary of wholeBody(answer, marksSchema) ?? []) {
    if (isOfPeer(summary)) continue;
    // Services of another kind may be summarized apart, under the same name.
    marks.set(summary.Name, `${marks.get(summary.Name) ?? ''}${markOf(summary)}`);
  }
  return marks;
}

function markOf(summary: Record<string, unknown>): string {
  const counts = CHECK_COUNTS.map((name) => summary[name]).filter((count) => typeof count === 'number');
  const rest = Object.entries(summary)
    .filter(([name]) => !CHECK_COUNTS.includes(name))
    // Consul builds some of these lists from maps, in whatever order.
    .map(([name, value]) => [name, isTexts(value) ? [...value].sort() : value]);
  return JSON.stringify([counts.reduce((sum, count) => sum + count, 0), rest]);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
