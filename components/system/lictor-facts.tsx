'use client';

import { useNow } from '@/components/live/use-now';
import { useSystem } from '@/components/live/use-system';
import { Card, CardTitle } from '@/components/ui/card';
import { useText } from '@/components/ui/text-provider';
import { useClockText } from '@/components/ui/use-clock-text';
import type { SystemBody } from '@/lib/system/system-body';
import { visibleLine } from '@/lib/text/visible-text';
import facts from './facts.module.css';

const whole = (body: SystemBody) => body;

/** This Lictor: its version, how long it has run, who listens, and what it takes. */
export function LictorFacts() {
  const text = useText();
  const clock = useClockText();
  const nowMs = useNow(30_000);
  const body = useSystem(whole);
  if (!body) return null;
  const { system } = text;
  const { leads, holder, by, reason } = body.leadership;
  const { history } = body;
  const { rssBytes, heapUsedBytes } = body.process;
  return (
    <Card aria-labelledby="lictor">
      <CardTitle id="lictor">{system.lictor}</CardTitle>
      <dl className={facts.facts}>
        <dt>{system.version}</dt>
        <dd>{body.version}</dd>
        <dt>{system.started}</dt>
        <dd>
          <time dateTime={new Date(body.epoch).toISOString()} title={clock.utc(body.epoch)}>
            {clock.moment(body.epoch, nowMs)}
          </time>{' '}
          <span className={facts.quiet}>{text.duration(nowMs - body.epoch)}</span>
        </dd>
        <dt>{system.leadership}</dt>
        <dd>
          {leads ? system.leads : holder === null ? system.nobodyLeads : system.follows(visibleLine(holder))}{' '}
          <span className={facts.quiet}>{system.leadBy[by]}</span>
          {reason === null ? null : <p className={facts.quiet}>{visibleLine(reason)}</p>}
        </dd>
        <dt>{system.record}</dt>
        <dd>
          {system.recordState[history.state]} <span className={facts.quiet}>{system.recordIn[history.store]}</span>
          {history.queued > 0 ? <p className={facts.quiet}>{system.recordQueued(history.queued)}</p> : null}
          {history.dropped > 0 ? <p className={facts.quiet}>{system.recordDropped(history.dropped)}</p> : null}
          {history.reason === null ? null : <p className={facts.quiet}>{visibleLine(history.reason)}</p>}
        </dd>
        <dt>{system.clients}</dt>
        <dd>{system.clientCount(body.stream.clients)}</dd>
        <dt>{system.memory}</dt>
        <dd>
          {system.megabytes(rssBytes)}{' '}
          <span className={facts.quiet}>{system.heap(system.megabytes(heapUsedBytes))}</span>
        </dd>
        <dt>{system.epoch}</dt>
        <dd>{body.epoch}</dd>
      </dl>
    </Card>
  );
}
