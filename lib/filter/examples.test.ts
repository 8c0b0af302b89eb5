import { expect, it } from 'vitest';
import { alertFields } from './alert-fields';
import { examples } from './examples';
import { instanceFields } from './instance-fields';
import { nodeFields } from './node-fields';
import { readFilter } from './read-filter';
import { serviceFields } from './service-fields';
import { transitionFields } from './transition-fields';

it('shows an example of each kind that can be read', () => {
  expect(readFilter(examples.services, serviceFields)).toMatchObject({ ok: true });
  expect(readFilter(examples.instances, instanceFields)).toMatchObject({ ok: true });
  expect(readFilter(examples.nodes, nodeFields)).toMatchObject({ ok: true });
  expect(readFilter(examples.transitions, transitionFields)).toMatchObject({ ok: true });
  expect(readFilter(examples.alerts, alertFields)).toMatchObject({ ok: true });
});
