// What the figures of a view are asked for: the arguments that all queries of the page share.
import type { EvidenceQueryVariables } from '../gql/graphql';
import { lastEnded } from './period';
import type { View } from './view';

export type Scope = Pick<EvidenceQueryVariables, 'window' | 'department' | 'subtree' | 'chart' | 'asOf'>;

/** `cut` is the last day that is read. A window is always named by a day, so that the answer does not depend on when
 * it is asked for. */
export const scopeOf = (view: View, cut: string): Scope => ({
  window: { length: view.length, on: view.on ?? lastEnded(cut, view.length).last },
  department: view.department ?? null,
  subtree: view.below,
  chart: view.chart,
  asOf: view.asOf ?? null,
});
