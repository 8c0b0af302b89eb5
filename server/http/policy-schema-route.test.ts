import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { policyJsonSchema } from '@/lib/release/policy/policy-json-schema';
import { policySchemaRoute } from './policy-schema-route';

test('the schema of policy documents is served as one', async () => {
  const app = Fastify();
  await app.register(policySchemaRoute, { prefix: '/api/v1' });
  const answer = await app.inject('/api/v1/policy-schema.json');
  expect(answer.headers['content-type']).toMatch(/^application\/schema\+json\b/);
  expect(answer.json()).toEqual(policyJsonSchema());
});
