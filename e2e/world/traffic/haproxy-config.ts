import { versionLabel } from '@/e2e/world/version-label';

/** One service behind HAProxy: a frontend of its own, and servers by version. */
export interface FrontedService {
  name: string;
  port: number;
  /** Versions that Consul knows; each needs a tag as `versionLabel` makes it. */
  versions: readonly string[];
}

export interface HaproxyPlan {
  datacenter: string;
  /** Port of a Consul agent's DNS on loopback. */
  dnsPort: number;
  exporterPort: number;
  statsSocket: string;
  stateFile: string;
  services: readonly FrontedService[];
  /** How often Consul's DNS is asked, ms. */
  resolveEveryMs: number;
  /** Instances of one version that there is room for. */
  slotsPerVersion: number;
}

/**
 * A configuration that follows Consul by DNS alone: SRV answers carry address, port and weight of what is passing, and leave out what is in maintenance.
 * Each version is asked for by its own tag, so that the name of a server (`v3-1-4_1`) tells its version in every statistic.
 */
export function haproxyConfig(plan: HaproxyPlan): string {
  return `${global(plan)}\n${plan.services.map((service) => proxy(plan, service)).join('\n')}`;
}

/** Ahead of the number of a slot. */
const SLOT_MARK = '_';

function global({ dnsPort, exporterPort, statsSocket, stateFile, resolveEveryMs }: HaproxyPlan): string {
  return `global
  stats socket ${statsSocket} mode 600 level admin expose-fd listeners
  server-state-file ${stateFile}
  nbthread 1
  maxconn 2000

defaults
  mode http
  timeout connect 1s
  timeout client 60s
  timeout server 20s
  timeout queue 5s
  retries 3
  option redispatch 1
  retry-on conn-failure empty-response
  # A client whose connection is kept is told at its next answer that this process goes; cut at once, a request on its way would be lost.
  option idle-close-on-response
  load-server-state-from-file global

resolvers consul
  nameserver agent tcp@127.0.0.1:${dnsPort}
  accepted_payload_size 8192
  timeout resolve ${resolveEveryMs}ms
  timeout retry 500ms
  # An answer that a name does not exist is asked for once more each time, and each is half a second.
  resolve_retries 1
  hold valid ${resolveEveryMs}ms
  # All instances of a version may be in maintenance: then Consul knows no such name, and that is as true as any other answer.
  hold nx 500ms
  hold obsolete 0s
  # While no agent answers, what was known stays in use.
  hold timeout 60s
  hold refused 60s
  hold other 60s

frontend exporter
  bind 127.0.0.1:${exporterPort}
  option httpclose
  http-request use-service prometheus-exporter if { path /metrics }
`;
}

function proxy({ datacenter, slotsPerVersion }: HaproxyPlan, { name, port, versions }: FrontedService): string {
  const servers = versions.map((version) => {
    const label = versionLabel(version);
    const record = `_${name}._${label}.service.${datacenter}.consul`;
    return `  server-template ${label}${SLOT_MARK} ${slotsPerVersion} ${record} resolvers consul resolve-opts allow-dup-ip init-addr last,none`;
  });
  return `frontend ${name}-in
  bind 127.0.0.1:${port}
  default_backend ${name}

backend ${name}
  balance roundrobin
${servers.join('\n')}
`;
}
