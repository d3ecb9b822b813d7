// What the overview shows, held in the address: a link opens the same view, and back and forward move between views.
import { useSyncExternalStore } from 'react';
import type { Chart, WindowLength } from '../gql/graphql';
import { isDay, LENGTHS } from './period';

export const CHARTS = ['AS_WAS', 'AS_RECORDED', 'RESTATED'] as const satisfies readonly Chart[];
const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface View {
  length: WindowLength;
  /** A day of the window; left out: the window that ended last. */
  on?: string;
  /** Left out: the whole organisation. */
  department?: string;
  /** Whether what is below the department belongs to it. */
  below: boolean;
  chart: Chart;
  /** The last day that is read; left out: yesterday. */
  asOf?: string;
  /** Whether the window before stands beside it. */
  compare: boolean;
  /** Left out: the browser's. */
  language?: Language;
}

const word = (constant: string): string => constant.toLowerCase().replaceAll('_', '-');
const among = <T extends string>(all: readonly T[], asked: string | null): T | undefined =>
  all.find((one) => word(one) === asked);
const day = (asked: string | null): string | undefined => (asked !== null && isDay(asked) ? asked : undefined);

/** The view of an address; what it does not say, or says wrongly, is as by default. */
export function viewOf(search: string): View {
  const asked = new URLSearchParams(search);
  return {
    length: among(LENGTHS, asked.get('length')) ?? 'FOUR_WEEKS',
    on: day(asked.get('on')),
    department: asked.get('department') ?? undefined,
    below: asked.get('below') !== 'no',
    chart: among(CHARTS, asked.get('chart')) ?? 'AS_WAS',
    asOf: day(asked.get('as-of')),
    compare: asked.get('compare') !== 'no',
    language: among(LANGUAGES, asked.get('lang')),
  };
}

/** The part of an address that holds a view, without what is as by default. */
export function searchOf(view: View): string {
  const said: [string, string | undefined | false][] = [
    ['length', view.length !== 'FOUR_WEEKS' && word(view.length)],
    ['on', view.on],
    ['department', view.department],
    ['below', !view.below && 'no'],
    ['chart', view.chart !== 'AS_WAS' && word(view.chart)],
    ['as-of', view.asOf],
    ['compare', !view.compare && 'no'],
    ['lang', view.language],
  ];
  const search = new URLSearchParams(said.filter((pair): pair is [string, string] => Boolean(pair[1])));
  return search.size > 0 ? `?${search}` : '';
}

const MOVED = 'passerelle:moved';

/** Goes to a view; the one before stays behind it in the browser's history. */
export function show(view: View): void {
  history.pushState(null, '', location.pathname + searchOf(view));
  dispatchEvent(new Event(MOVED));
}

function follow(moved: () => void): () => void {
  for (const event of ['popstate', MOVED]) addEventListener(event, moved);
  return () => {
    for (const event of ['popstate', MOVED]) removeEventListener(event, moved);
  };
}

/** The view of the address as it is now. */
export const useView = (): View => viewOf(useSyncExternalStore(follow, () => location.search));
