import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Contender } from '@/lib/leadership/leader-record';
import type { LeadershipState } from '@/lib/system/leadership-state';
import type { ListenSettings } from './config/listen';
import type { Settings } from './config/settings';
import { systemClock } from './consul/clock';
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
import type { SharedHome } from './open-home';

/** A Consul that hangs is not waited for longer at the end, ms: the lock runs out by itself. */
const LET_GO_LIMIT_MS = 1_500;

export interface OpenLeadership {
  readonly leadership: Leadership;
  /** Waiting queries that it holds at this Consul address. */
  waitsAt(address: OpenAddress): number;
  /** Lets go, so that another leads at once. */
  close(): Promise<void>;
}

/** @param databaseLock of the database that the replicas share; null: this one has its own. */
export function openLeadership(
  { listen, leadership: settings, tenancy }: Pick<Settings, 'listen' | 'leadership' | 'tenancy'>,
  home: SharedHome,
  databaseLock: DatabaseLock | null,
): OpenLeadership {
  const self: Contender = { id: randomUUID(), name: replicaName(listen) };
  const { token } = home;
  const key = leaderKey(tenancy);
  const time = { clock: systemClock, random: Math.random };

  async function refusal(signal: AbortSignal): Promise<string | null> {
    if (settings.readOnly) return 'LICTOR_READ_ONLY is set, so Lictor writes nothing to Consul, a lock included.';
    const { transport, datacenter } = await home.find(signal);
    return writeRefusal({ transport, datacenter, hasToken: token() !== null, key, signal });
  }

  function bySession(onRefused: () => void): Leadership {
    if (home.known === null) throw new Error('Whether a session is allowed was not asked before.');
    const { client, transport, datacenter, address } = home.known;
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
    waitsAt: (address) => Number(home.known?.address === address && leadership.state.by === 'session'),
    close: async () => {
      await Promise.race([leadership.stop(), pastLimit()]);
    },
  };
}

function pastLimit(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, LET_GO_LIMIT_MS).unref();
  });
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
