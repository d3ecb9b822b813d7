// Which window a view means where its address does not say: the newest that is over and in which something is to be seen.
import { useState } from 'react';
import { KnownDocument, LatelyDocument, type KnownQueryVariables } from '../gql/graphql';
import { useAnswer } from './client';
import type { Organisation } from './controls';
import { lastAlive, lastEnded, shifted, yesterday, type Span } from './period';
import type { View } from './view';

/** How many days back it is looked when something was done last. */
const LATELY = 399;

/** What is asked about a view before its panels are. */
export const knownOf = ({ asOf, length }: View): KnownQueryVariables => ({ asOf: asOf ?? null, length });

/** A view, and what it means. */
export interface Settled {
  view: View;
  /** The last day that figures are known of. */
  cut: string;
  /** The window that is shown where none is asked for. */
  latest: Span;
}

/** The view that is shown: once it is known what it means; until then the last one, so that the page is not taken away. */
export function useSettled(view: View, { timeZone }: Organisation): Settled | undefined {
  const known = useAnswer(KnownDocument, knownOf(view));
  const [last, setLast] = useState<Settled>();
  const figures = known.data?.figures;
  const cut = figures?.cut.day ?? view.asOf ?? yesterday(timeZone, new Date());
  const alive = figures?.activeSets.findLast(
    ({ window, participated }) => window.complete && (participated.value ?? participated.band?.upper ?? 0) > 0,
  )?.window;
  // What each day held is told only where ids stand for nobody.
  const asks = figures?.anonymous === true && alive === undefined;
  const lately = useAnswer(LatelyDocument, { from: shifted(cut, -LATELY), to: cut }, !asks);
  if (known.fetching || known.computing || (asks && (lately.fetching || lately.computing))) return last;
  const lastAct = lately.data?.dailyActivity.days.findLast(({ acts }) => acts > 0)?.date;
  const span = alive ?? (asks && lastAct ? lastAlive(cut, lastAct, view.length) : lastEnded(cut, view.length));
  const settled = { view, cut, latest: { first: span.first, last: span.last } };
  if (JSON.stringify(settled) === JSON.stringify(last)) return last;
  setLast(settled);
  return settled;
}
