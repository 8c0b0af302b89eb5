import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { jsonObjectSchema } from '@/lib/release/json';
import type { WriteOf } from '@/lib/release/planned-write';
import { decodeKvEntries } from '@/server/consul/decode/kv-entries';
import { wholeBody } from '@/server/consul/decode/whole-body';
import { read } from '@/server/consul/read';
import type { ReleaseConsul } from '@/server/release/release-consul';
import type { Writer, Writers } from '@/server/release/writer';

const LIMIT = { timeoutMs: 10_000 };
const none: Writer<never> = {
  look: () => Promise.reject(new Error('There is no such writer here.')),
  write: () => Promise.reject(new Error('There is no such writer here.')),
  restore: () => Promise.reject(new Error('There is no such writer here.')),
};

export function plainWriters(consul: ReleaseConsul): Writers {
  const kvPath = ({ key }: WriteOf<'kv'>) => `/v1/kv/${key.split('/').map(encodeURIComponent).join('/')}`;
  const getKv = async (write: WriteOf<'kv'>, signal: AbortSignal) =>
    (
      await read(consul.transportOf(write.dc), {
        ...LIMIT,
        path: kvPath(write),
        query: { dc: write.dc },
        signal,
        acceptStatuses: [200, 404],
        decode: decodeKvEntries,
      })
    ).value[0];
  const won = async (
    dc: string,
    request: { path: string; query: Record<string, string>; method: 'PUT' | 'DELETE'; body?: string },
    signal: AbortSignal,
  ) =>
    (
      await read(consul.transportOf(dc), {
        ...LIMIT,
        ...request,
        query: { dc, ...request.query },
        signal,
        decode: (answer) => wholeBody(answer, z.boolean()),
      })
    ).value;
  const kv: Writer<WriteOf<'kv'>> = {
    async look(write, signal) {
      const value = (await getKv(write, signal))?.value.toString('utf8') ?? null;
      return value === write.after ? 'after' : value === write.before ? 'before' : 'other';
    },
    async write(write, signal) {
      const request = { path: kvPath(write), query: { cas: `${write.index}` }, method: 'PUT' as const };
      return (await won(write.dc, { ...request, body: write.after }, signal)) ? 'written' : 'lost';
    },
    async restore(write, signal) {
      const entry = await getKv(write, signal);
      if (entry?.value.toString('utf8') !== write.after) return 'lost';
      const request = { path: kvPath(write), query: { cas: `${entry.modifyIndex}` } };
      const isBack =
        write.before === null
          ? await won(write.dc, { ...request, method: 'DELETE' }, signal)
          : await won(write.dc, { ...request, method: 'PUT', body: write.before }, signal);
      return isBack ? 'restored' : 'lost';
    },
  };
  const getEntry = async (write: WriteOf<'config-entry'>, signal: AbortSignal) => {
    const { value } = await read(consul.transportOf(write.dc), {
      ...LIMIT,
      path: `/v1/config/${write.entryKind}/${encodeURIComponent(write.name)}`,
      query: { dc: write.dc },
      signal,
      acceptStatuses: [200, 404],
      decode: (answer) => (answer.status === 404 ? null : wholeBody(answer, jsonObjectSchema)),
    });
    if (value === null) return null;
    const { CreateIndex: _, ModifyIndex, ...entry } = value;
    return { entry, index: Number(ModifyIndex) };
  };
  const putEntry = (dc: string, entry: object, index: number, signal: AbortSignal) =>
    won(dc, { path: '/v1/config', query: { cas: `${index}` }, method: 'PUT', body: JSON.stringify(entry) }, signal);
  const config: Writer<WriteOf<'config-entry'>> = {
    async look(write, signal) {
      const entry = (await getEntry(write, signal))?.entry ?? null;
      return isDeepStrictEqual(entry, write.after)
        ? 'after'
        : isDeepStrictEqual(entry, write.before)
          ? 'before'
          : 'other';
    },
    async write(write, signal) {
      return (await putEntry(write.dc, write.after, write.index, signal)) ? 'written' : 'lost';
    },
    async restore(write, signal) {
      const found = await getEntry(write, signal);
      if (!found || !isDeepStrictEqual(found.entry, write.after) || write.before === null) return 'lost';
      return (await putEntry(write.dc, write.before, found.index, signal)) ? 'restored' : 'lost';
    },
  };
  return {
    kv,
    'config-entry': config,
    'catalog-service': none,
    'catalog-check': none,
    'agent-service': none,
    'agent-maintenance': none,
  };
}
