import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import type { Registry } from 'prom-client';
import type { Readiness } from '@/lib/system/readiness';
import type { SystemBody } from '@/lib/system/system-body';
import type { TopologyBody } from '@/lib/topology/topology-body';
import type { AlertDesk } from '@/server/alerts/alert-desk-parts';
import type { ListenSettings } from '@/server/config/listen';
import type { FleetStore } from '@/server/fleet/fleet-store';
import type { OpenRecord } from '@/server/history/open-record';
import type { PastEdges } from '@/server/history/queries/past-edges';
import type { SplitDesk } from '@/server/release/desk/split-desk';
import type { StreamHub } from '@/server/stream/hub';

/** Renders a page; Next in production, absent where a test has no use for pages. */
export type RenderPage = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What the HTTP side is made of; `main` puts it together. */
export interface AppParts {
  readonly listen: ListenSettings;
  readonly logger: FastifyBaseLogger;
  readonly store: FleetStore;
  readonly hub: StreamHub;
  readonly metrics: Registry;
  /** The record of the past; null: none is kept. */
  readonly record: OpenRecord | null;
  /** Where traffic is moved. */
  readonly desk: SplitDesk;
  /** Where alerts are, and what people do about them. */
  readonly alerts: AlertDesk;
  /** Who depends on whom. */
  readonly topology: {
    body(): TopologyBody;
    readonly past: PastEdges;
    /** Keys of services that are sidecars of others. */
    sidecars(): ReadonlySet<string>;
  };
  /** No route that writes exists. */
  readonly readOnly: boolean;
  /** The machine's clock, ms since 1970. */
  nowMs(): number;
  readiness(): Readiness;
  system(): SystemBody;
  readonly renderPage: RenderPage | null;
  /** Where the pages' build lies; null: there are none. */
  readonly pagesDir: string | null;
}
