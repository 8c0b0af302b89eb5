// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ShownScene } from '@/components/topology/fixtures/shown-scene';
import { exampleBody, exampleShop, exampleShopBook, tellService } from '@/lib/topology/example-topology';
import { TopologyPanel } from './topology-panel';

vi.mock('next/navigation', () => ({ usePathname: () => '/topology', useSearchParams: () => new URLSearchParams() }));

let scene: ShownScene;
beforeEach(() => {
  scene = new ShownScene();
});
afterEach(() => {
  cleanup();
  scene.end();
});

const part = (name: string | RegExp) => within(screen.getByRole('region', { name }));
const keys = (name: string | RegExp) =>
  [...screen.getByRole('region', { name }).querySelectorAll('li[data-key]')].map((item) =>
    item.getAttribute('data-key'),
  );
const press = (element: HTMLElement) => act(async () => void fireEvent.click(element));

it('tells what stops with a service: who, how far, how many requests, and what stands in', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/payment');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('payment');
  expect(keys('If payment stops')).toEqual(['dc1/orders', 'dc1/api', 'dc1/front']);
  expect(part('If payment stops').getByText('3 services, 1 datacenter')).toBeTruthy();
  expect(part('If payment stops').getByText('40 requests/s now')).toBeTruthy();
  expect(part('If payment stops').getByText(/payment in dc2 would stand in/)).toBeTruthy();
  expect(part('If payment stops').getByRole('button', { name: 'calls it · 2.1 % fail' })).toBeTruthy();
});

it('tells it anew when a service comes to depend on it, or what stands in is lost', async () => {
  const book = exampleShopBook();
  await scene.show(<TopologyPanel />, exampleBody(book), '?chosen=dc1/payment');
  expect(part('If payment stops').getAllByText('a stand-in serves').length).toBeGreaterThan(0);
  tellService(book, 'dc2', 'payment', []);
  await scene.bring(exampleBody(book));
  expect(part('If payment stops').getByText(/could not serve now/)).toBeTruthy();
  expect(part('If payment stops').queryByText('a stand-in serves')).toBeNull();
});

it('shows the order of what stands in, with healthy instances there and how far it is', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/payment');
  expect(keys('Stands in for it')).toEqual(['dc2/payment', 'dc3/payment']);
  expect(part('Stands in for it').getByText('2 healthy · 38 ms away')).toBeTruthy();
  expect(part('Stands in for it').getByText('cannot serve now')).toBeTruthy();
});

it('leads from a call to all that says it', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/payment');
  await press(part('If payment stops').getByRole('button', { name: /^calls it/ }));
  expect(scene.search.get('chosen')).toBe('dc1/orders>dc1/payment');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('dc1/orders → dc1/payment');
  const said = part('What says so');
  for (const words of ['sidecar of orders (2 instances)', 'intention orders => payment', 'Prometheus: service graph'])
    expect(said.getByText(words)).toBeTruthy();
});

it('tells traffic that nothing declares, and calls that nobody saw', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/recommendations%3Edc1/search');
  expect(screen.getByText('Traffic goes here, and nothing declares it.')).toBeTruthy();
});

it('says so of what is not in the picture, and closes', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/nobody');
  expect(screen.getByText('It is not in the picture')).toBeTruthy();
  await press(screen.getByRole('button', { name: 'Close' }));
  expect(scene.search.get('chosen')).toBeNull();
});

it('links to traces where that is set, each name in its own place alone', async () => {
  const parts = <TopologyPanel traceUrl="https://traces.example/search?q={service}&dc={dc}&from={from}&to={to}" />;
  const book = exampleShopBook();
  tellService(book, 'dc1', 'a&dc=x', ['passing']);
  await scene.show(parts, exampleBody(book), '?chosen=dc1/a%2526dc%253Dx');
  const href = screen.getByRole('link', { name: 'Traces' }).getAttribute('href');
  expect(href).toBe('https://traces.example/search?q=a%26dc%3Dx&dc=dc1&from=&to=a%26dc%3Dx');
});

it('has the same in Chinese', async () => {
  await scene.show(<TopologyPanel />, exampleShop(), '?chosen=dc1/payment', 'zh');
  expect(keys('如果 payment 停止')).toEqual(['dc1/orders', 'dc1/api', 'dc1/front']);
});
