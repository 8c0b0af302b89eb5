import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Contender } from '@/lib/leadership/leader-record';
import type { LeadershipState } from '@/lib/system/leadership-state';
import type { ListenSettings } from './config/listen';
import type { Settings } from './config/settings';
import { agentPlace } from './consul/agent-place';
import { systemClock } from './consul/clock';
import { ConsulClient } from './consul/consul-client';
import { datacenterTransport } from './consul/datacenter-transport';
import { tokenSource } from './consul/token-source';
import type { ConsulTransport } from './consul/transport';
import { DatabaseLeadership } from './leadership/database-leadership';
import type { DatabaseLock } from './leadership/database-lock';
import { ElectedLeadership } from './leadership/elected-leadership';
import { leaderKey } from './leadership/leader-key';
import type { Leadership } from './leadership/leadership';
import { LoneLeadership } from './leadership/lone-leadership';
import { serverNode } from './leadership/server-node';
import { SessionLeadership } from './leadership/session-leadership';
import { ConsulLocks } from './leadership/session-locks';
import { watchLeaderKey } from './leadership/watch-leader-key';
import { writeRefusal } from './leadership/write-right';
import type { OpenAddress } from './open-address';

/** A call that leads hangs no longer than this, ms: three of them fit into the life of a session. */
const CALL_LIMIT_MS = 2_500;

/** A Consul that hangs is not waited for longer at the end, ms: the lock runs out by itself. */
const LET_GO_LIMIT_MS = 1_500;

export interface OpenLeadership {
  readonly leadership: Leadership;
  /** Waiting queries that it holds at this Consul address. */
  waitsAt(address: OpenAddress): number;
  /** Lets go, so that another leads at once. */
  close(): Promise<void>;
}

/** Where Lictor's own keys are. */
interface Home {
  readonly address: OpenAddress;
  /** Null: the asked agent's own, which it does not name. */
  readonly datacenter: string | null;
  readonly client: ConsulClient;
  /** With the token that writes. */
  readonly transport: ConsulTransport;
}

/** @param databaseLock of the database that the replicas share; null: this one has its own. */
export function openLeadership(
  { listen, leadership: settings, tenancy }: Pick<Settings, 'listen' | 'leadership' | 'tenancy'>,
  addresses: readonly OpenAddress[],
  databaseLock: DatabaseLock | null,
): OpenLeadership {
  const self: Contender = { id: randomUUID(), name: replicaName(listen) };
  const token = tokenSource(null, settings.writeTokenFile);
  const key = leaderKey(tenancy);
  const time = { clock: systemClock, random: Math.random };
  let home: Home | null = null;

  async function refusal(signal: AbortSignal): Promise<string | null> {
    if (settings.readOnly) return 'LICTOR_READ_ONLY is set, so Lictor writes nothing to Consul, a lock included.';
    home ??= await openHome(addresses, settings.homeDatacenter, token, signal);
    const { transport, datacenter } = home;
    return writeRefusal({ transport, datacenter, hasToken: token() !== null, key, signal });
  }

  function bySession(onRefused: () => void): Leadership {
    if (home === null) throw new Error('Whether a session is allowed was not asked before.');
    const { client, transport, datacenter, address } = home;
    return new SessionLeadership({
      ...{ ...time, self, onRefused },
      locks: new ConsulLocks({
        ...{ client, key, datacenter },
        nodeThere: () => serverNode(address.transportOf(datacenter ?? ''), datacenter ?? ''),
      }),
      watchKey: watchLeaderKey({ ...time, transport, key, datacenter }),
    });
  }

  const otherwise = (reason: string): Leadership =>
    databaseLock === null
      ? new LoneLeadership(self.name, reason, systemClock)
      : new DatabaseLeadership({ ...time, lock: databaseLock, name: self.name, reason });

  const leadership = new ElectedLeadership({ ...time, refusal, token, bySession, otherwise });
  return {
    leadership,
    waitsAt: (address) => Number(home?.address === address && leadership.state.by === 'session'),
    close: async () => {
      await Promise.race([leadership.stop(), pastLimit()]);
      home?.client.close();
    },
  };
}

function pastLimit(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LET_GO_LIMIT_MS).unref();
  });
}

/** The named one, else the primary of the federation where it is read, else that of the first address. */
async function openHome(
  addresses: readonly OpenAddress[],
  named: string | null,
  token: () => string | null,
  signal: AbortSignal,
): Promise<Home> {
  const [first] = addresses;
  if (first === undefined) throw new Error('There is no Consul address.');
  const place = named === null ? await agentPlace(first.transport, signal) : null;
  const serves = (datacenter: string | null | undefined) =>
    datacenter == null ? undefined : addresses.find(({ datacenters }) => datacenters?.includes(datacenter) ?? true);
  const wanted = [named, place?.primary, place?.datacenter].find((datacenter) => serves(datacenter));
  const address = serves(wanted) ?? first;
  return {
    address,
    datacenter: wanted ?? first.datacenters?.[0] ?? null,
    client: new ConsulClient({ ...address.consul, token }, CALL_LIMIT_MS),
    transport: datacenterTransport(address.transport, { token, tenancy: null }),
  };
}

/** As the other replicas and `/system` name this one. */
export function replicaName({ baseUrl, port }: ListenSettings): string {
  if (baseUrl === null) return port === 0 ? `${hostname()} (process ${process.pid})` : `${hostname()}:${port}`;
  const url = new URL(baseUrl);
  // Whoever put a password there did not mean it for everybody who reads Consul's keys.
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}

/** A state in a sentence, for the log. */
export function leadershipSentence({ leads, holder, reason }: LeadershipState): string {
  const who = leads ? 'This Lictor leads.' : holder === null ? 'This Lictor does not lead.' : `${holder} leads.`;
  return reason === null ? who : `${who} ${reason}`;
}
