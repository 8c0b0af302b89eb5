import { readFileSync } from 'node:fs';
import type { ConsulAnswer } from '@/server/consul/transport';
import { answerOf } from './answer';

/** An answer recorded from a real Consul, by its name under `decode/fixtures`. */
export function recorded(name: string): ConsulAnswer {
  return answerOf(readFileSync(new URL(`./${name}.json`, fixtures), 'utf8'));
}

const fixtures = new URL('decode/fixtures/', new URL('..', import.meta.url));
