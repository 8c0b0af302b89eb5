import { expect, test } from 'vitest';
import { onStage } from '@/e2e/harness/stage';
import { until } from '@/e2e/world/until';
import { AlertClient } from './alert-client';
import { withRules } from './fast-rules';

const RULES = `
rules:
  - { alert: Certificate, when: certificate-expiry, within: 60d }
  - { alert: Token, when: token-expiry, within: 3d }
`;

test(
  'what Consul shows, the authority that was given, and the token that reads end soon: each is an alert, and no secret is in any',
  onStage(async (stage) => {
    const world = await stage.bareWorld(1, { tls: true, acl: true });
    const consul = world.consul('dc1');
    const token = await consul.put<{ SecretID: string; AccessorID: string }>('/v1/acl/token', {
      ...{ Description: 'Ends within the hour', Policies: [{ Name: 'world-read' }], ExpirationTTL: '1h' },
    });
    const https = world.datacenters[0]?.serverHttps ?? '';
    const lictor = await stage.lictor(https, {
      ...withRules(world.folder, RULES),
      ...{ CONSUL_HTTP_TOKEN: token.SecretID, CONSUL_CACERT: world.tls?.ca ?? '' },
    });
    const client = new AlertClient(lictor.url);
    const place = https.replace('https://', '');
    const alerts = await until('three ends to be near', async () => {
      const { items } = (await client.alerts()).body;
      return items.length === 3 && items;
    });
    const told = alerts.map(({ rule, subject, state, evidence }) => {
      const days = evidence.kind === 'expiry' ? (Date.parse(evidence.expiresAt) - Date.now()) / 86_400_000 : Number.NaN;
      return `${rule} ${subject.name} ${state} ${days < 1 ? 'within a day' : days > 29 && days <= 30 ? 'in a month' : days}`;
    });
    expect(told.sort()).toEqual([
      `Certificate Consul at ${place} firing in a month`,
      `Certificate The authority for ${place} firing in a month`,
      `Token The token that reads ${place} firing within a day`,
    ]);
    const all = JSON.stringify(alerts);
    for (const secret of [token.SecretID, token.AccessorID]) expect(all).not.toContain(secret);
  }),
  120_000,
);
