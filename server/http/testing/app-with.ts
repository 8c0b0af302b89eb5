import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { readSettings } from '@/server/config/settings';
import { FleetStore } from '@/server/fleet/fleet-store';
import { createApp } from '@/server/http/app';
import type { AppParts } from '@/server/http/parts';
import { StreamHub } from '@/server/stream/hub';
import { Journal } from '@/server/stream/journal';

/** What time it is for such an app. */
export const APP_AT = '2026-01-01T00:00:00.000Z';

const consul = { address: 'http://127.0.0.1:8500', reachable: true, since: APP_AT, reason: null };

/** Of whom nobody asks anything. */
const noDesk = new Proxy({} as AppParts['desk'] & AppParts['alerts'] & AppParts['topology'], {
  get: () => {
    throw new Error('This test has no desk.');
  },
});

/** The HTTP side over a fleet of which nothing is known. `/api/v1/system` fails there. */
export async function appWith(
  rest: Partial<AppParts> & { readonly env?: Record<string, string> } = {},
): Promise<{ readonly app: FastifyInstance; close(): Promise<void> }> {
  const { env = {}, ...parts } = rest;
  const journal = new Journal(1, () => APP_AT);
  const disappearance = { ...readSettings({}).file.massDisappearance, nowMs: () => 0 };
  const store = new FleetStore(
    journal,
    () => APP_AT,
    () => consul,
    disappearance,
  );
  const heartbeat = () => ({ freshness: [], consul });
  const hub = new StreamHub(journal, {
    ...{ bodyOf: () => store.fleetBody(), heartbeat, nowMs: () => 0, nowIso: () => APP_AT },
  });
  const app = await createApp({
    ...{ listen: readSettings(env).listen, logger: pino({ level: 'silent' }), store, hub, metrics: new Registry() },
    ...{ record: null, nowMs: () => Date.parse(APP_AT), renderPage: null, pagesDir: null },
    ...{ desk: noDesk, alerts: noDesk, topology: noDesk, readOnly: false },
    readiness: () => ({ ready: false, detail: 'Reading dc1 for the first time.', datacenters: [] }),
    system: () => {
      throw new Error('a token: s3cret');
    },
    ...parts,
  });
  return {
    app,
    close: async () => {
      hub.close();
      await app.close();
    },
  };
}
