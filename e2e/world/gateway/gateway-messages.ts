export interface GatewayOptions {
  /** A Consul agent, such as `http://127.0.0.1:8500`. */
  consul: string;
  /** Reads the service and its policy document; none by default. */
  token?: string;
  service: string;
  dc: string;
  /** On loopback; 0 takes a free one. */
  port: number;
  /** Before the service's name in the key of its policy document; `lictor/traffic/` by default. */
  policyPrefix?: string;
  /** The metadata that holds an instance's version; `version` by default. */
  versionMetaKey?: string;
}

/** What the gateway's process says once: that it has read instances and policy and listens, or why it cannot. */
export type GatewayReply = { port: number } | { error: string };
