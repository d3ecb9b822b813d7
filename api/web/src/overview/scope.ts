// What the figures of a view are asked for: the arguments that all queries of the page share.
import type { EvidenceQueryVariables } from '../gql/graphql';
import { lastEnded, windowAt, type Span } from './period';
import type { View } from './view';

export type Scope = Pick<EvidenceQueryVariables, 'window' | 'department' | 'subtree' | 'chart' | 'asOf'>;

/** The window of a view, where `cut` is the last day that is read: one that had not begun by then cannot be shown. */
export function windowOf({ length, on }: View, cut: string): Span {
  const asked = on === undefined ? undefined : windowAt(on, length);
  return asked && asked.first <= cut ? asked : lastEnded(cut, length);
}

/** A window is always named, by its first day, so that the answer does not depend on when it is asked for. */
export const scopeOf = (view: View, window: Span): Scope => ({
  window: { length: view.length, on: window.first },
  department: view.department ?? null,
  subtree: view.below,
  chart: view.chart,
  asOf: view.asOf ?? null,
});
