import { expect, it } from 'vitest';
import { endpointOf, isLoopback } from './address';

it.each([
  ['http://127.0.0.1:8500', true],
  ['https://127.8.9.1:8501', true],
  ['http://[::1]:8500', true],
  ['http://localhost:8500', true],
  ['unix:///run/consul.sock', true],
  ['http://10.0.0.7:8500', false],
  ['http://127.0.0.1.example.org:8500', false],
  ['https://consul.example.org', false],
])('%s is on this machine: %s', (address, expected) => {
  expect(isLoopback(endpointOf(address))).toBe(expected);
});
