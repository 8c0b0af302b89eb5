import { expect, test } from 'vitest';
import { policyDocumentSchema } from './policy-document';
import { policyJsonSchema } from './policy-json-schema';

test('the published schema names each field with a description, and lets others add theirs', () => {
  const { properties, required, additionalProperties, $schema } = policyJsonSchema();
  expect($schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(Object.keys(properties as object)).toEqual(Object.keys(policyDocumentSchema.shape));
  expect(Object.values(properties as Record<string, { description?: string }>).every((one) => one.description)).toBe(
    true,
  );
  expect(required).toEqual(['format', 'service', 'version', 'shares']);
  expect(additionalProperties).toEqual({});
});
