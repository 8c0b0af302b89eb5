/** The rules where nobody has written any: read by the same reader, and shown as they stand here. */
export const DEFAULT_RULES = `# What Lictor alerts about. Each key is explained in docs/alert-rules.md.
# What you write here can be tried over the record before it is saved.

rules:
  # A check, an instance, a service or a node goes up and down. The detection has waited long enough by itself;
  # what rests for less than five minutes between two bouts is one alert.
  - alert: Flapping
    when: flapping
    severity: warning
    keep_firing_for: 5m

  # Long enough for a restart to be over.
  - alert: InstanceCritical
    when: instance-critical
    severity: warning
    for: 2m

  - alert: NoHealthyInstance
    when: few-healthy
    least: 1
    severity: critical
    for: 30s

  - alert: ServiceHalfCritical
    when: service-critical-share
    above: 50
    at_least: 2
    severity: critical
    for: 1m

  - alert: DatacenterCriticalShare
    when: datacenter-critical-share
    above: 20
    at_least: 5
    severity: critical
    for: 1m

  # It tells the cause of the services that are critical there alone, and they may be down: so it is as grave as these are.
  - alert: NodeCritical
    when: node-critical
    severity: critical
    for: 30s

  # An election takes a few seconds.
  - alert: NoLeader
    when: no-leader
    severity: critical
    for: 15s

  - alert: DatacenterLost
    when: datacenter-lost
    severity: critical
    for: 30s

  - alert: MassDisappearance
    when: mass-disappearance
    severity: critical

  - alert: CertificateExpiry
    when: certificate-expiry
    within: 14d
    severity: warning

  - alert: TokenExpiry
    when: token-expiry
    within: 3d
    severity: warning

  # It always fires: where it does not arrive, nothing does.
  - alert: Watchdog
    when: watchdog
    severity: info
`;
