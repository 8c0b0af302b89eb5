import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { wholeBody } from './whole-body';

const versionSchema = z.object({ HumanVersion: z.string() });

/** `/v1/agent/version`, since 1.16: the version as people write it, such as "1.17.0+ent". No token is needed. */
export function decodeAgentVersion(answer: ConsulAnswer): string {
  return wholeBody(answer, versionSchema).HumanVersion;
}
