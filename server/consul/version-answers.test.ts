import { expect, test } from 'vitest';
import { decodeAgentVersion } from './decode/agent-version';
import { decodeHealthService } from './decode/health-service';
import { statusError } from './status-error';
import { answerOf } from './testing/answer';
import { recorded, scripted } from './testing/fixture';
import { HeldTransport } from './testing/held-transport';
import { ManualClock, settled } from './testing/manual-clock';
import { watch } from './watch';

test('an answer of the streaming backend that knows no leader yet and no age (since 1.10) leaves a watch live', async () => {
  const transport = new HeldTransport();
  const states: string[] = [];
  const running = watch({
    ...{ transport, clock: new ManualClock(), random: () => 0.5, path: '/v1/health/service/web' },
    decode: decodeHealthService,
    onChange: () => {},
    onState: (state) => states.push(state),
    onError: (error) => states.push(error.message),
  });
  await settled();
  const answer = scripted('1.22-named-ports');
  expect(answer).toMatchObject({ knownLeader: false, lastContactMs: 0 });
  await transport.answer(answer);
  expect(states).toEqual(['live']);
  running.stop();
});

test.each(['application/json', 'application/json; charset=utf-8', 'text/plain; charset=utf-8', ''])(
  'JSON is read whatever its content type says, which 1.20 changed: "%s"',
  (contentType) => {
    const { body } = recorded('consul-1.10.11-health-service');
    expect(decodeHealthService(answerOf(body.toString('utf8'), { contentType })).entries).toHaveLength(2);
  },
);

test('a list that was cut short by what the token may read says so since 1.11', () => {
  expect(scripted('1.11-enterprise').filteredByAcls).toBe(true);
  expect(scripted('1.16-locality').filteredByAcls).toBe(false);
});

test('the version that an agent tells to anyone since 1.16', () => {
  const body = { SHA: '1f2e3d4c', BuildDate: '2025-10-28T00:00:00Z', HumanVersion: '1.22.0+ent', FIPS: '' };
  expect(decodeAgentVersion(answerOf(body))).toBe('1.22.0+ent');
});

test.each<[string, number, string]>([
  [
    'too many connections, since 1.9',
    429,
    'Your IP is issuing too many concurrent connections, please rate limit your calls\n',
  ],
  [
    "a server's rate limit, since 1.16",
    429,
    'rate limit exceeded, try again later or against a different server: rate limit exceeded',
  ],
  [
    "a leader's rate limit, since 1.16",
    503,
    'rate limit exceeded for operation that can only be performed by the leader',
  ],
])('%s is no refusal of the token, and its words are quoted', (_, status, said) => {
  const error = statusError('GET /v1/health/service/web at Consul http://127.0.0.1:8500', status, said);
  expect(error).toMatchObject({ kind: 'status', status, denied: false });
  expect(error.message).toContain(`${status} ("${said.trim()}")`);
  expect(error.message).toMatch(/Lictor asks again/);
});
