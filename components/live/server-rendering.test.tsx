// @vitest-environment node
import { renderToString } from 'react-dom/server';
import { afterEach, expect, it, vi } from 'vitest';
import { AT, fleetBody, service, serviceBody } from './fixtures/bodies';
import { LiveProvider } from './provider';
import { LiveSeed } from './seed';
import { useConnection } from './use-connection';
import { useFleet } from './use-fleet';
import { useFreshness } from './use-freshness';
import { useNow } from './use-now';
import { useService } from './use-service';

afterEach(() => {
  vi.unstubAllGlobals();
});

function Page() {
  const statuses = useFleet((body) => body.datacenters.flatMap((dc) => dc.services.map((entry) => entry.status)));
  const { phase } = useConnection();
  const { state, lastContactMs } = useFreshness('dc1');
  const name = useService('dc1/web').body?.service.name;
  return (
    <p>{[statuses?.join(), phase, state, lastContactMs, name, new Date(useNow(1_000)).toISOString()].join(' ')}</p>
  );
}

const page = (status: 'passing' | 'critical') =>
  renderToString(
    <LiveProvider
      basePath=""
      initial={{ at: AT, topics: { fleet: fleetBody({ seq: 1 }, [service('dc1/web', status)]) } }}
    >
      <LiveSeed initial={{ at: AT, topics: { 'service:dc1/web': serviceBody({ seq: 1 }, service('dc1/web'), []) } }} />
      <Page />
    </LiveProvider>,
  );

it('the server renders what it was given, and opens no stream', () => {
  vi.stubGlobal('EventSource', () => {
    throw new Error('A stream was opened on the server.');
  });
  expect(page('critical')).toBe(`<p>critical reconnecting live 100 web ${AT}</p>`);
});

it('one request sees nothing of another', () => {
  page('critical');
  expect(page('passing')).toContain('passing');
});
