// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShownScene } from '@/components/topology/fixtures/shown-scene';
import { exampleShop } from '@/lib/topology/example-topology';
import { ServiceDependencies } from './service-dependencies';

vi.mock('next/navigation', () => ({ usePathname: () => '/services', useSearchParams: () => new URLSearchParams() }));

let scene: ShownScene;
beforeEach(() => {
  scene = new ShownScene();
});
afterEach(() => {
  cleanup();
  scene.end();
});

it('lists one hop each way, with how it fares and all that says so', async () => {
  await scene.show(<ServiceDependencies dc="dc1" name="payment" />, exampleShop());
  const into = within(screen.getByRole('table', { name: 'Called by' }));
  expect(into.getByRole('link', { name: 'dc1/orders' }).getAttribute('href')).toBe('/services/dc1/orders');
  expect(into.queryByText('dc1/api')).toBeNull();
  expect(into.getByText('2.1 %')).toBeTruthy();
  expect(into.getByText('intention orders => payment')).toBeTruthy();
  const calls = within(screen.getByRole('table', { name: 'Calls' }));
  expect(calls.getByText('dc2/fraud-check')).toBeTruthy();
});

it('says that nothing is known', async () => {
  await scene.show(<ServiceDependencies dc="dc1" name="nobody" />, exampleShop());
  expect(screen.getByText('Nothing is known to call it.')).toBeTruthy();
  expect(screen.getByText('Nothing is known that it calls.')).toBeTruthy();
});
