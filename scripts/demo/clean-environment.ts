const FOREIGN = /^(CONSUL_|LICTOR_|HOST$|PORT$)/;

/** Takes out of an environment what would point the demo at somebody's own Consul, or change how it is served. */
export function cleanEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) if (FOREIGN.test(name)) delete environment[name];
}
