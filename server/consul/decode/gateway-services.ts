import { z } from 'zod';
import type { ConsulAnswer } from '@/server/consul/transport';
import { type Records, records } from './records';

const namedSchema = z.object({ Name: z.string(), Namespace: z.string().nullish() });

const gatewayServiceSchema = z.object({
  Service: namedSchema,
  GatewayKind: z.string().nullish(),
  /** Of an ingress gateway. */
  Port: z.number().nullish(),
  /** The gateway names no service, and serves every one. */
  FromWildcard: z.boolean().nullish(),
});

/** A service that a gateway serves. */
export interface GatewayService {
  readonly name: string;
  /** Empty: none is said. */
  readonly namespace: string;
  readonly kind: string;
  /** At which it takes requests in; null: none is said. */
  readonly port: number | null;
  readonly isFromWildcard: boolean;
}

/** `/v1/catalog/gateway-services/:gateway`. */
export function decodeGatewayServices(answer: ConsulAnswer): Records<GatewayService> {
  return records(
    answer,
    gatewayServiceSchema,
    ({ Service, GatewayKind, Port, FromWildcard }) => ({
      ...{ name: Service.Name, namespace: Service.Namespace ?? '', kind: GatewayKind ?? '' },
      ...{ port: Port || null, isFromWildcard: FromWildcard ?? false },
    }),
    () => ({ node: null, id: null }),
  );
}
