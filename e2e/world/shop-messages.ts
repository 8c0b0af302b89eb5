import type { AnswerProfile } from './answer-profile';

/** What a shop server's health answers: 200 is passing, 429 is warning, everything else critical to Consul. */
export interface HealthAnswer {
  status: 200 | 429 | 503;
  body: string;
}

/** One instance's listeners. An HTTP service answers its health on its own port, a TCP service on a second one. */
export interface ListenerPlan {
  key: string;
  service: string;
  version: string;
  id: string;
  node: string;
  protocol: 'http' | 'tcp';
  port: number;
  healthPort: number;
  profile: AnswerProfile;
}

export type ShopRequest =
  | { kind: 'open'; plan: ListenerPlan; health: HealthAnswer }
  | { kind: 'close'; key: string }
  | { kind: 'answer'; key: string; health: HealthAnswer };

export type ShopMessage = ShopRequest & { id: number };
export type ShopReply = { id: number; error: string | null };
