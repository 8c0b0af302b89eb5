import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import { alertRoutes } from './alert-routes';
import { alertRuleRoutes } from './alert-rule-routes';
import { deadLetterRoutes } from './dead-letter-routes';
import { answerError, sendProblem } from './error-handler';
import { fleetRoutes } from './fleet-routes';
import { healthRoutes } from './health-routes';
import { historyRoutes } from './history-routes';
import { guardHost } from './host-guard';
import { instanceRoutes } from './instance-routes';
import { pageRoutes } from './page-routes';
import type { AppParts } from './parts';
import { policySchemaRoute } from './policy-schema-route';
import { publicFiles } from './public-files';
import { registerSecurityHeaders } from './security-headers';
import { silenceRoutes } from './silence-routes';
import { splitRoutes } from './split-routes';
import { streamRoute } from './stream-route';
import { topologyRoutes } from './topology-routes';
import { endUnusedConnections } from './unused-connections';

/** The HTTP server, not yet listening. Without `renderPage` it has the API alone. */
export async function createApp(parts: AppParts): Promise<FastifyInstance> {
  const { listen, renderPage } = parts;
  const app: FastifyInstance = Fastify({
    loggerInstance: parts.logger,
    logController: new LogController({ disableRequestLogging: true }),
    // A path that is no URL is refused before any route or error handler is known.
    frameworkErrors: answerError,
    // A service's name may be 200 characters, each percent-encoded; Fastify's default of 100 answers 414.
    routerOptions: { maxParamLength: 4_096 },
    ...(listen.tls ? { https: { ...listen.tls, minVersion: 'TLSv1.2' as const } } : {}),
  });
  app.setValidatorCompiler(validatorCompiler);
  // The bodies are our own, built by typed code: checking each of them again on the way out would cost more than making it.
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    sendProblem(reply, 'not-found', `There is nothing at ${request.method} ${request.url.slice(0, 200)}.`);
  });
  endUnusedConnections(app, listen.tls !== null);
  guardHost(app, listen);
  await registerSecurityHeaders(app, listen.tls !== null);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Lictor', version: '1', description: 'The live state of a Consul fleet.' },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(
    async (scope) => {
      await scope.register(healthRoutes, parts);
      await scope.register(
        async (api) => {
          await api.register(fleetRoutes, parts);
          await api.register(instanceRoutes, parts);
          await api.register(historyRoutes, parts);
          await api.register(splitRoutes, parts);
          await api.register(alertRoutes, parts);
          await api.register(silenceRoutes, parts);
          await api.register(alertRuleRoutes, parts);
          await api.register(deadLetterRoutes, parts);
          await api.register(topologyRoutes, parts);
          await api.register(streamRoute, parts);
          await api.register(policySchemaRoute);
          api.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
          api.all('/*', { schema: { hide: true } }, async (request, reply) =>
            sendProblem(reply, 'not-found', `There is nothing at ${request.method} ${request.url.slice(0, 200)}.`),
          );
        },
        { prefix: '/api/v1' },
      );
      if (parts.pagesDir !== null) await scope.register(publicFiles, { pagesDir: parts.pagesDir });
      if (renderPage) await scope.register(pageRoutes, { ...parts, renderPage });
    },
    { prefix: listen.basePath },
  );
  return app;
}
