import { expect, test } from 'vitest';
import { statusOfChecks, statusOfInstances } from './status';

const check = (id: string, status: 'passing' | 'warning' | 'critical') => ({ id, status });

test('the worst check decides', () => {
  expect(statusOfChecks([check('a', 'passing'), check('b', 'warning')])).toBe('warning');
  expect(statusOfChecks([check('a', 'critical'), check('b', 'warning')])).toBe('critical');
});

test('maintenance of the node or of the service stands before critical', () => {
  expect(statusOfChecks([check('a', 'critical'), check('_node_maintenance', 'critical')])).toBe('maintenance');
  expect(statusOfChecks([check('_service_maintenance:web-1', 'critical')])).toBe('maintenance');
});

test('a check whose id only resembles maintenance is an ordinary check', () => {
  expect(statusOfChecks([check('_service_maintenance', 'critical')])).toBe('critical');
  expect(statusOfChecks([check('my_node_maintenance', 'critical')])).toBe('critical');
});

test('without any check an instance is passing', () => {
  expect(statusOfChecks([])).toBe('passing');
});

test('a service is critical before warning before maintenance before unknown before passing', () => {
  expect(statusOfInstances(['passing', 'critical', 'warning'])).toBe('critical');
  expect(statusOfInstances(['passing', 'maintenance', 'warning'])).toBe('warning');
  expect(statusOfInstances(['passing', 'maintenance', 'unknown'])).toBe('maintenance');
  expect(statusOfInstances(['passing', 'unknown'])).toBe('unknown');
  expect(statusOfInstances(['passing'])).toBe('passing');
  expect(statusOfInstances([])).toBe('unknown');
});
