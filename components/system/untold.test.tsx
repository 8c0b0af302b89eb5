// @vitest-environment node
import type { ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LiveProvider } from '@/components/live/provider';
import { TextProvider } from '@/components/ui/text-provider';
import type { ConsulServer, Reading } from '@/lib/system/consul-health';
import type { Language } from '@/lib/text/language';
import { QuorumLine } from './quorum-line';
import { ReadingList } from './reading-list';
import { ServerTable } from './server-table';

const AT = '2026-01-01T00:01:00.000Z';

const rendered = (children: ReactNode, language: Language = 'en') =>
  renderToString(
    <TextProvider initial={language}>
      <LiveProvider basePath="" initial={{ topics: {}, at: AT }}>
        {children}
      </LiveProvider>
    </TextProvider>,
  ).replaceAll('<!-- -->', '');

const reading: Reading = { source: '/v1/x', readAt: '2026-01-01T00:00:56.000Z', problem: null, missingRule: null };
const readings = { leader: reading, peers: reading, raft: reading, autopilot: reading, members: reading };

const server: ConsulServer = {
  ...{
    id: null,
    name: 's\u202e1',
    address: '10.0.0.1:8300',
    version: null,
    gossip: 'alive',
    voter: null,
    leader: false,
  },
  ...{ healthy: null, lastContactMs: null, lastIndex: null, stableSince: null },
};

describe('what was not told', () => {
  it('names the rule that would allow it, in both languages, and marks the reading as old', () => {
    const denied = { ...reading, readAt: null, problem: '403 ("Permission denied")', missingRule: 'operator = "read"' };
    const page = rendered(<ReadingList configuration={[]} readings={{ ...readings, autopilot: denied }} />);
    expect(page).toMatch(
      /data-freshness="stale">.*never read.*Grant this rule to see it: <code[^>]*>operator = &quot;read&quot;</,
    );
    expect(page).not.toContain('403');
    expect(page.match(/data-freshness="live"/g)).toHaveLength(4);
    expect(page).toContain('4.0 s ago');
    expect(rendered(<ReadingList configuration={[]} readings={{ ...readings, autopilot: denied }} />, 'zh')).toContain(
      '授予此规则后可见',
    );
  });

  it('says why an answer is old where no right is missing, as text and nothing else', () => {
    const page = rendered(
      <ReadingList configuration={[]} readings={{ ...readings, raft: { ...reading, problem: '<b>500</b>' } }} />,
    );
    expect(page).toContain('&lt;b&gt;500&lt;/b&gt;');
  });

  it('is old after half a minute though nothing stands in its way', () => {
    const old = { ...reading, readAt: '2026-01-01T00:00:29.000Z' };
    expect(
      rendered(<ReadingList configuration={[]} readings={{ ...readings, peers: old }} />).match(
        /data-freshness="stale"/g,
      ),
    ).toHaveLength(1);
  });

  it('stands in a server’s row as not told, never as nought, and a name cannot turn its neighbours', () => {
    const page = rendered(<ServerTable dc="dc1" servers={[server]} />);
    // Role, last contact, log index, version.
    expect(page.match(/>not told</g)).toHaveLength(4);
    expect(page).toContain('s⟨U+202E⟩1');
    expect(rendered(<ServerTable dc="dc1" servers={[]} />)).toContain('No server has been seen yet');
  });

  it('is a quorum of voters that are not in sight', () => {
    const quorum = { state: 'unknown', voters: 3, reachable: 0, unseen: 3, needed: 2, sentence: '' } as const;
    const page = rendered(<QuorumLine quorum={quorum} failureTolerance={null} />);
    expect(page).toContain('Quorum not known: 0 of 3 voters reachable, 3 not in sight, 2 needed');
    expect(page.match(/data-kind="unseen"/g)).toHaveLength(3);
  });
});
