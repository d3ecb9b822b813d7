// Which window a view means where its address does not say: the newest that is over and in which something is to be seen.
import { useState } from 'react';
import { KnownDocument, LatelyDocument, type KnownQuery, type KnownQueryVariables } from '../gql/graphql';
import { useAnswer } from './client';
import type { Organisation } from './controls';
import { lastAlive, lastEnded, shifted, yesterday, type Span } from './period';
import type { View } from './view';

/** How many days back it is looked when something was done last. */
const LATELY = 399;

/** How many windows are looked at first, since mostly that is enough, and how many then. */
const [NEAR, FAR] = [4, 12];

/** What is asked about a view before its panels are. */
export const knownOf = ({ asOf, length }: View, windows = NEAR): KnownQueryVariables => ({ asOf: asOf ?? null, length, windows });

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
  const near = useAnswer(KnownDocument, knownOf(view));
  const further = Boolean(near.data?.figures) && aliveIn(near.data) === undefined;
  const far = useAnswer(KnownDocument, knownOf(view, FAR), !further);
  const known = further ? far : near;
  const [last, setLast] = useState<Settled>();
  const figures = known.data?.figures;
  const cut = figures?.cut.day ?? view.asOf ?? yesterday(timeZone, new Date());
  const alive = aliveIn(known.data);
  // What each day held is told only where ids stand for nobody.
  const asks = figures?.anonymous === true && alive === undefined;
  const lately = useAnswer(LatelyDocument, { from: shifted(cut, -LATELY), to: cut }, !asks);
  if ([known, lately].some(({ fetching, computing }) => fetching || computing)) return last;
  const lastAct = lately.data?.dailyActivity.days.findLast(({ acts }) => acts > 0)?.date;
  const span = alive ?? (asks && lastAct ? lastAlive(cut, lastAct, view.length) : lastEnded(cut, view.length));
  const settled = { view, cut, latest: { first: span.first, last: span.last } };
  if (JSON.stringify(settled) === JSON.stringify(last)) return last;
  setLast(settled);
  return settled;
}

/** The newest window that is over and in which it is told that somebody took part. */
const aliveIn = (known: KnownQuery | undefined): Span | undefined =>
  known?.figures?.activeSets?.findLast(
    ({ window, participated }) => window.complete && (participated.value ?? participated.band?.upper ?? 0) > 0,
  )?.window;
