// What the figures of a view are asked for: the arguments that all queries of the page share.
import type { EvidenceQueryVariables } from '../gql/graphql';
import { windowAt, type Span } from './period';
import type { View } from './view';

export type Scope = Pick<EvidenceQueryVariables, 'window' | 'department' | 'subtree' | 'chart' | 'asOf'>;

/** The window of a view, where `cut` is the last day that is read: one that had not begun by then cannot be shown. */
export function windowOf({ length, on }: View, cut: string, latest: Span): Span {
  const asked = on === undefined ? latest : windowAt(on, length);
  return asked.first <= cut ? asked : latest;
}

/** A window is always named, by its first day, so that the answer does not depend on when it is asked for. */
export const scopeOf = (view: View, window: Span): Scope => ({
  window: { length: view.length, on: window.first },
  department: view.department ?? null,
  subtree: view.below,
  chart: view.chart,
  asOf: view.asOf ?? null,
});

/** What figures are of. */
export interface Told {
  /** Differs where anything else does. */
  key: string;
  scope: Scope;
  /** Of whom and when, for pictures. */
  caption: string;
}
