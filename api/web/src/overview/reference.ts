// Where a figure is found again: what to ask for, and how to pick it out of the answer.
import { createContext, useCallback, useContext } from 'react';
import type { DefinitionTextFragment, EvidenceQuery, EvidenceQueryVariables, ReceiptTextFragment } from '../gql/graphql';
import type { Scope } from './scope';

type Found = NonNullable<EvidenceQuery['figures']>;
type Switch = Exclude<keyof EvidenceQueryVariables, keyof Scope | 'level' | 'hours' | 'zeros' | 'back' | 'index' | 'often'>;

interface Evidenced {
  definition: DefinitionTextFragment | null;
  receipt: ReceiptTextFragment | null;
}

/** Where a figure is found again. */
export interface Reference {
  ask: Partial<EvidenceQueryVariables>;
  find: (figures: Found) => Evidenced | null | undefined;
}

/** The figure that is a field of its own, with its arguments, and in another scope where one is given. */
export const field = (
  name: Exclude<Switch, 'activityFrequency' | 'onboarding' | 'cohort' | 'participationSplit'>,
  more: Partial<EvidenceQueryVariables> = {},
): Reference => ({ ask: { [name]: true, ...more }, find: (figures) => figures[name] });

/** A figure inside of a field, with its arguments. */
export const inside = (name: Switch, find: Reference['find'], more: Partial<EvidenceQueryVariables> = {}): Reference => ({
  ask: { [name]: true, ...more },
  find,
});

/** Those who began so many windows back, so many windows later: one cell is asked for, not all. */
export const cohortCell = (back: number, index: number): Reference => ({
  ask: { cohort: true, back, index },
  find: ({ cohort }) => cohort?.period?.retained,
});

export interface Named {
  name: string;
  reference: Reference;
}

/** Opens the dialog on one of some figures, in the scope that they were asked for. */
export const Opener = createContext<(figures: Named[], at: number, scope: Scope) => void>(() => {});

/** The scope of the figures that are shown, which stay while those of another are asked for. */
export const ScopeShown = createContext<Scope | undefined>(undefined);

/** Below `ScopeShown` alone. */
export function useOpen(): (figures: Named[], at: number) => void {
  const open = useContext(Opener);
  const scope = useContext(ScopeShown);
  return useCallback((figures, at) => scope && open(figures, at, scope), [open, scope]);
}
