import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ConsulHttp } from '@/e2e/world/consul-http';
import { PortPool } from '@/e2e/world/port-pool';
import { Supervisor } from '@/e2e/world/supervised';
import { until } from '@/e2e/world/until';
import { findConsul } from '@/scripts/launcher/consul.mjs';

/** A lone Consul server that listens by HTTPS, which asks for a client certificate, by HTTP and on a Unix socket. */
export interface SecureAgent {
  readonly http: string;
  readonly https: string;
  readonly socket: string;
  /** PEM files, made by Consul itself; the strange authority has signed nothing here. */
  readonly files: { readonly ca: string; readonly strangeCa: string; readonly cert: string; readonly key: string };
  readonly connectionLimit: number;
  stop(): Promise<void>;
}

export async function startSecureAgent(connectionLimit: number): Promise<SecureAgent> {
  const binary = findConsul();
  if (binary === null) throw new Error('Consul is not installed.');
  const supervisor = new Supervisor();
  const pool = new PortPool();
  const stop = async () => {
    await supervisor.end();
    await pool.release();
  };
  try {
    const inFolder = (name: string) => path.join(supervisor.folder, name);
    const tls = async (...args: string[]) => promisify(execFile)(binary, ['tls', ...args], { cwd: supervisor.folder });
    await tls('ca', 'create');
    await tls('ca', 'create', '-domain', 'strange');
    await tls('cert', 'create', '-server', '-dc', 'dc1');
    await tls('cert', 'create', '-client', '-dc', 'dc1');
    const socket = inFolder('http.sock');
    const [http, https, rpc, lan, wan] = await Promise.all(Array.from({ length: 5 }, () => pool.take()));
    const config = {
      node_name: 'secure',
      datacenter: 'dc1',
      server: true,
      bootstrap: true,
      data_dir: inFolder('data'),
      bind_addr: '127.0.0.1',
      addresses: { http: `127.0.0.1 unix://${socket}`, https: '127.0.0.1' },
      ports: { http, https, server: rpc, serf_lan: lan, serf_wan: wan, dns: -1, grpc: -1 },
      performance: { raft_multiplier: 1 },
      limits: { http_max_conns_per_client: connectionLimit },
      ca_file: inFolder('consul-agent-ca.pem'),
      cert_file: inFolder('dc1-server-consul-0.pem'),
      key_file: inFolder('dc1-server-consul-0-key.pem'),
      verify_incoming_https: true,
    };
    await writeFile(inFolder('agent.json'), JSON.stringify(config));
    await supervisor.start({
      command: binary,
      args: ['agent', '-config-file', inFolder('agent.json')],
      logFile: inFolder('agent.log'),
    });
    const address = `http://127.0.0.1:${http}`;
    // Without a leader the answer is an empty text, which is none yet.
    await until(
      'the agent to lead',
      async () => (await new ConsulHttp(address).get<string>('/v1/status/leader')) !== '',
    );
    return {
      http: address,
      https: `https://127.0.0.1:${https}`,
      socket: `unix://${socket}`,
      files: {
        ca: inFolder('consul-agent-ca.pem'),
        strangeCa: inFolder('strange-agent-ca.pem'),
        cert: inFolder('dc1-client-consul-0.pem'),
        key: inFolder('dc1-client-consul-0-key.pem'),
      },
      connectionLimit,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
