import { Gauge, Registry } from 'prom-client';
import { expect, test } from 'vitest';
import type { AlertRecord } from '@/lib/alerts/alert-body';
import { type AlertFigures, alertGauges } from './alert-gauges';
import type { MakeGauge } from './consul-gauges';

function scrape(figures: AlertFigures | null): Promise<string> {
  const registry = new Registry();
  const gauge: MakeGauge = (name, help, labelNames, fill) => {
    const made = new Gauge({
      ...{ name, help, labelNames, registers: [registry] },
      collect: () => fill((labels, value) => made.set(labels, value)),
    });
  };
  alertGauges(gauge, () => figures);
  return registry.metrics();
}

const counts = { sent: 3, failed: 2, retried: 1, deadLetters: 1 };
const alert = (name: string, state: AlertRecord['state']) =>
  ({ rule: 'Down', severity: 'warning', state, id: `Down:dc1/${name}` }) as AlertRecord;

test('alerts are counted by rule, severity and state, and a service is in no label, however many alert', async () => {
  const records = Array.from({ length: 1_000 }, (_, n) => alert(`web-${n}`, n % 2 === 0 ? 'firing' : 'suppressed'));
  const sends = { alertmanager: counts, webhook: counts };
  const flapping = new Map([['dc1', 4]]);
  const text = await scrape({ records, flapping, hasRulesError: true, sends, outlets: [] });
  expect(text).toContain('lictor_alerts{rule="Down",severity="warning",state="firing"} 500');
  expect(text).toContain('lictor_alerts{rule="Down",severity="warning",state="resolved"} 0');
  expect(text).toContain('lictor_flapping_checks{dc="dc1"} 4');
  expect(text).toContain('lictor_alert_rules_error 1');
  expect(text).toContain('lictor_alert_sends{kind="webhook",outcome="given_up"} 1');
  expect(text).not.toContain('web-');
  expect(text.split('\n').filter((line) => line.startsWith('lictor_alerts'))).toHaveLength(6);
});

test('before anybody looks nothing is said of flapping, alerts and outlets, rather than nought', async () => {
  const text = await scrape(null);
  expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual([
    'lictor_alert_rules_error 0',
  ]);
});
