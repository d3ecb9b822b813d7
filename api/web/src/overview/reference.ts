// Where a figure is found again: what to ask for, and how to pick it out of the answer.
import { createContext, useContext } from 'react';
import type { DefinitionTextFragment, EvidenceQuery, EvidenceQueryVariables, ReceiptTextFragment } from '../gql/graphql';
import type { Scope } from './scope';

type Found = NonNullable<EvidenceQuery['figures']>;
type Switch = Exclude<keyof EvidenceQueryVariables, keyof Scope | 'level' | 'hours' | 'zeros'>;

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
  name: Exclude<Switch, 'onboarding' | 'cohorts' | 'participationSplit'>,
  more: Partial<EvidenceQueryVariables> = {},
): Reference => ({ ask: { [name]: true, ...more }, find: (figures) => figures[name] });

/** A figure inside of a field. */
export const inside = (name: Switch, find: Reference['find']): Reference => ({ ask: { [name]: true }, find });

export interface Named {
  name: string;
  reference: Reference;
}

/** Opens the dialog on one of some figures. */
type Open = (figures: Named[], at: number) => void;
export const Opener = createContext<Open>(() => {});
export const useOpen = (): Open => useContext(Opener);
