import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes a minute or more, by what its path ends with. Begun last, one of these runs alone for two minutes while the other processor has nothing to do; a clean clone knows of no file how
 * long it took. Neighbours here are no two that load the machine.
 */
const LONG = [
  'history/kill.itest.ts',
  'alerts/replicas.itest.ts',
  'topology/demo-shop.itest.ts',
  'release/observed.itest.ts',
  'fleet/soak.itest.ts',
  'alerts/alertmanager.itest.ts',
  'history/replicas.itest.ts',
  'leadership/session.itest.ts',
  'access/rights-lost.itest.ts',
  'fleet/long-waits.itest.ts',
];

/** The long ones before all others, in this order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(files);
    const rankOf = ({ moduleId }: TestSpecification) => {
      const rank = LONG.findIndex((end) => moduleId.endsWith(end));
      return rank < 0 ? LONG.length : rank;
    };
    return rest.sort((a, b) => rankOf(a) - rankOf(b));
  }
}
