import { readFileSync } from 'node:fs';
import type { ConsulAnswer } from '@/server/consul/transport';
import { consulAnswer } from '@/server/consul/wire-request';
import { answerOf } from './answer';

interface ScriptedFixture {
  /** What of it came with which version: `docs/versions.md` has the table. */
  readonly about: string;
  readonly request: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An answer recorded from a real Consul, by its name under `decode/fixtures`. */
export function recorded(name: string): ConsulAnswer {
  return answerOf(textOf(name));
}

/** An answer as a version of Consul gives it that cannot be run here, with its headers. */
export function scripted(name: string): ConsulAnswer {
  const { request, headers, body }: ScriptedFixture = JSON.parse(textOf(`scripted-${name}`));
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  const source = `GET ${request} at Consul http://127.0.0.1:8500`;
  return consulAnswer({ status: 200, headers: lowerCase }, Buffer.from(JSON.stringify(body)), source, 0);
}

function textOf(name: string): string {
  return readFileSync(new URL(`./${name}.json`, fixtures), 'utf8');
}

const fixtures = new URL('decode/fixtures/', new URL('..', import.meta.url));
