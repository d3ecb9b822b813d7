// What the figures of a view are asked for: the arguments that all queries of the page share.
import type { EvidenceQueryVariables } from '../gql/graphql';
import type { Raw } from './csv';
import { windowAt, type Span } from './period';
import type { Speech } from './speech';
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
  organisation: string;
  /** The department, or everybody. */
  group: string;
  window: Span;
  /** Whether ids stand for nobody, which everything that is taken along must say. */
  anonymous: boolean;
}

/** Of whom, when and by which chart, up to a day, in a line. */
export const captionOf = ({ scope, organisation, group, window }: Told, cut: string, { say, format }: Speech): string =>
  [
    organisation,
    scope.subtree ? group : say.alone(group),
    format.span(window),
    say.controls.charts[scope.chart],
    scope.asOf ? say.asOf(format.day(scope.asOf)) : say.read(format.day(cut)),
  ].join(' · ');

/** The same as columns of a file, each with what is in it. */
export function contextOf({ scope, organisation, group, window, anonymous }: Told, cut: string, { say }: Speech): [string, Raw][] {
  const words = say.context;
  return [
    [words.organisation, organisation],
    [words.group, group],
    [words.below, scope.subtree ? say.columns.yes : say.columns.no],
    [words.first, window.first],
    [words.last, window.last],
    [words.chart, say.controls.charts[scope.chart]],
    [words.asOf, scope.asOf ?? null],
    [words.read, cut],
    ...(anonymous ? [[words.anonymous, say.anonymous] satisfies [string, Raw]] : []),
  ];
}

/** In small letters without marks, so that it can stand in the name of a file anywhere. */
const plainly = (name: string): string =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');

/** The name of a panel's file: which panel, of whom, and when. */
export function fileName(panel: string, { scope, organisation, group, window }: Told, ending: string): string {
  const whom = scope.department ? group : organisation;
  const parts = [panel, plainly(whom), scope.subtree ? '' : 'alone', window.first, window.last, scope.asOf ? `as-of-${scope.asOf}` : ''];
  return `passerelle_${parts.filter(Boolean).join('_')}.${ending}`;
}
