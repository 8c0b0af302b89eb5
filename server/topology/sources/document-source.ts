import { type DeclarationFault, documentEdges } from '@/lib/topology/declared-upstreams';
import { decodeKvEntries } from '@/server/consul/decode/kv-entries';
import { read } from '@/server/consul/read';
import { LIMIT_MS, type Place } from './place';
import { type RepeatedRead, readRepeatedly } from './repeated-read';

const EVERY_MS = 10_000;
/** So often what did not change is told anew, for when it was last seen, ms: a document may hold thousands of edges. */
const TELL_AGAIN_MS = 5 * 60_000;
const NAME = 'documents';
const MOST_SHOWN = 3;

/** Edges that somebody wrote down under a key of Consul's store. @param key as it is set */
export function documentSource({ dc, transport, clock, random, told, states }: Place, key: string): RepeatedRead {
  const id = `document ${dc}`;
  const source = `document ${key}`;
  let last: { readonly modifyIndex: number; readonly atMs: number; readonly reason: string | null } | null = null;
  states.starts(NAME, dc);
  const repeated = readRepeatedly({
    ...{ clock, random, everyMs: EVERY_MS },
    read: async (signal) => {
      const path = `/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}`;
      const { value } = await read(transport, {
        ...{ path, query: { dc }, timeoutMs: LIMIT_MS, signal, acceptStatuses: [200, 404], decode: decodeKvEntries },
      });
      const [stored] = value;
      const nowMs = clock.now();
      if (!stored) {
        told.untell(id);
        last = null;
      } else if (last?.modifyIndex !== stored.modifyIndex || nowMs - last.atMs >= TELL_AGAIN_MS) {
        const { edges, nodes, faults } = documentEdges(stored.value.toString('utf8'), dc, source, nowMs);
        told.tell({ id, edges, nodes }, nowMs);
        last = { modifyIndex: stored.modifyIndex, atMs: nowMs, reason: reasonOf(faults, key, dc) };
      }
      states.reads(NAME, dc, last?.reason ?? null);
    },
    failed: (error) => {
      if (!error.denied) return states.fails(NAME, dc, error.sentence);
      const reason = `The token may not read the key ${key} in ${dc}, so what a document may say there is not known: give it key "${key}" { policy = "read" }.`;
      states.lacks(NAME, dc, reason);
    },
  });
  return {
    ...repeated,
    stop: () => {
      repeated.stop();
      told.untell(id);
    },
  };
}

function reasonOf(faults: readonly DeclarationFault[], key: string, dc: string): string | null {
  if (faults.length === 0) return null;
  const shown = faults
    .slice(0, MOST_SHOWN)
    .map(({ line, reason }) => `${line === null ? '' : `line ${line}: `}${reason}`);
  const more = faults.length > MOST_SHOWN ? `; and ${faults.length - MOST_SHOWN} more` : '';
  return `Of the document ${key} in ${dc} not all can be read, and what can is shown: ${shown.join('; ')}${more}.`;
}
