/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How far an act goes. The sets of people are nested: who contributed took part, who took part consumed. */
export type ActivityLevel =
  /** Looked at something or searched. */
  | 'CONSUMED'
  /** Made something: a post, a document or a version of one, an idea, a poll, a community, a campaign. */
  | 'CONTRIBUTED'
  /** Reacted, commented, voted, joined, acknowledged, edited, passed on. */
  | 'PARTICIPATED';

/** By which chart people are counted in departments. */
export type Chart =
  /** Where they were, as far as was known on the day itself: later corrections do not count. */
  | 'AS_RECORDED'
  /** Where they were on the day, corrected by what was learned since. */
  | 'AS_WAS'
  /** Where they are at the cut, whatever the day. */
  | 'RESTATED';

/** Which step of the way from being eligible to having a habit. */
export type OnboardingStep =
  /** Has an account. */
  | 'ACCESS'
  /** Has taken part since. */
  | 'ACTIVATED'
  /** Has contributed since. */
  | 'CONTRIBUTED'
  /** Has the habit of the window. */
  | 'HABIT';

/** Why a figure is not shown. */
export type Suppression =
  /** Shown, it would give away another that is not. */
  | 'COMPLEMENTARY'
  /** One person makes more than half of it. */
  | 'DOMINATED'
  /** The group is smaller than the threshold. */
  | 'GROUP_TOO_SMALL'
  /** There is no such figure in windows of this length, of groups like this, or by this chart. */
  | 'NOT_IN_GRID'
  /** Fewer people than the threshold stand behind it. */
  | 'TOO_FEW_PEOPLE'
  /** There is too little data for a number. */
  | 'TOO_LITTLE_DATA'
  /**
   * The window was not over at the cut, or what is waited for could still come: two figures of it would tell by their
   * difference who came in between.
   */
  | 'WINDOW_OPEN';

/** A window of the grid. */
export type WindowInput = {
  /** How long it is. */
  length?: WindowLength;
  /** A day in it; the last day of the cut when left out. */
  on?: string | null | undefined;
};

/** How long a window of the grid is. */
export type WindowLength =
  /** A local day. */
  | 'DAY'
  /** Four whole weeks, counted from Monday 2001-01-01. */
  | 'FOUR_WEEKS'
  /** Twelve whole weeks, counted from the same day. */
  | 'TWELVE_WEEKS'
  /** An ISO week, from Monday. */
  | 'WEEK';

export type DefinitionTextFragment = { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> };

export type ReceiptTextFragment = { text: string, lastEvent: string | null, inputs: number | null, digest: string | null };

export type ShareEvidenceFragment = { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null };

export type CountEvidenceFragment = { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null };

export type MeasureEvidenceFragment = { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null };

export type EvidenceQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
  level?: ActivityLevel;
  hours?: number;
  zeros?: boolean;
  headcount?: boolean;
  accessCoverage?: boolean;
  activation?: boolean;
  active?: boolean;
  habit?: boolean;
  answeredWithin?: boolean;
  crossDepartmentShare?: boolean;
  activityFrequency?: boolean;
  often?: Array<number> | number;
  onboarding?: boolean;
  cohort?: boolean;
  back?: number;
  index?: number;
  flow?: boolean;
  externalInternalIndex?: boolean;
  density?: boolean;
  reciprocity?: boolean;
  modularity?: boolean;
  assortativity?: boolean;
  timeToFirstResponse?: boolean;
  participationSplit?: boolean;
  gini?: boolean;
  elephantFactor?: boolean;
}>;


export type EvidenceQuery = { figures: { headcount?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, accessCoverage?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, activation?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, active?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, habit?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, answeredWithin?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, crossDepartmentShare?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, activityFrequency?: Array<{ share: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } }> | null, onboarding?: Array<{ share: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } }>, cohort?: { period: { retained: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } } | null } | null, flow?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, externalInternalIndex?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, density?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, reciprocity?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, modularity?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, assortativity?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, timeToFirstResponse?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, participationSplit?: { none: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, some: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null }, heaviest: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null }, gini?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null, elephantFactor?: { definition: { id: string, name: string, explanation: string, formula: string, window: string, denominator: string, exclusions: string, privacy: string, source: string, eventTypes: Array<string> } | null, receipt: { text: string, lastEvent: string | null, inputs: number | null, digest: string | null } | null } | null } | null };

export type WindowDatesFragment = { length: WindowLength, first: string, last: string, complete: boolean };

export type ShareFigureFragment = { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null };

export type CountFigureFragment = { value: number | null, suppressed: Suppression | null, definition: { id: string } | null };

export type MeasureFigureFragment = { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null };

export type PlaceQueryVariables = Exact<{ [key: string]: never; }>;


export type PlaceQuery = { viewer: { name: string | null } | null, organisation: { name: string | null, anonymous: boolean, timeZone: string, departments: Array<{ id: string, name: string | null, closedAt: string | null, parent: { id: string } | null }> } | null };

export type KnownQueryVariables = Exact<{
  asOf?: string | null | undefined;
  length: WindowLength;
  windows: number;
}>;


export type KnownQuery = { figures: { anonymous: boolean, cut: { day: string }, activeSets: Array<{ window: { first: string, last: string, complete: boolean }, participated: { value: number | null, band: { upper: number } | null } }> | null } | null };

export type LatelyQueryVariables = Exact<{
  from: string;
  to: string;
}>;


export type LatelyQuery = { dailyActivity: { days: Array<{ date: string, acts: number }> } };

export type HeadlineQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
  compare: boolean;
}>;


export type HeadlineQuery = { figures: { threshold: number, anonymous: boolean, window: { length: WindowLength, first: string, last: string, complete: boolean }, cut: { day: string }, previous?: { window: { length: WindowLength, first: string, last: string, complete: boolean }, accessCoverage: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, activation: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, active: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, habit: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, answeredWithin: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null, crossDepartmentShare: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } } | null, accessCoverage: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, activation: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, active: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, habit: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, answeredWithin: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null, crossDepartmentShare: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } } | null };

export type HeadlinesFragment = { accessCoverage: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, activation: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, active: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, habit: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, answeredWithin: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null, crossDepartmentShare: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } };

export type ActiveSetsQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type ActiveSetsQuery = { figures: { cut: { day: string }, activeSets: Array<{ window: { length: WindowLength, first: string, last: string, complete: boolean }, consumed: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, participated: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, contributed: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } }> | null } | null };

export type OnboardingQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type OnboardingQuery = { figures: { cut: { day: string }, onboarding: Array<{ step: OnboardingStep, share: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } }> } | null };

export type FrequencyQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type FrequencyQuery = { figures: { cut: { day: string }, window: { length: WindowLength }, activityFrequency: Array<{ atLeast: number, share: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } }> | null } | null };

export type FlowQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type FlowQuery = { figures: { cut: { day: string }, flow: { suppressed: Suppression | null, departments: Array<{ id: string, name: string | null }>, small: Array<{ id: string }>, cells: Array<{ acts: number | null, suppressed: Suppression | null, source: { id: string } | null, receiver: { id: string } | null }>, definition: { id: string } | null } | null, crossDepartmentShare: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } } | null };

export type CohortsQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type CohortsQuery = { figures: { cut: { day: string }, cohorts: Array<{ window: { length: WindowLength, first: string, last: string, complete: boolean }, periods: Array<{ index: number, left: { value: number | null, suppressed: Suppression | null, definition: { id: string } | null }, retained: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } }> }> | null } | null };

export type DepartmentsQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
  compare: boolean;
}>;


export type DepartmentsQuery = { figures: { cut: { day: string }, departments: Array<{ department: { id: string, name: string | null } | null, headcount: { value: number | null, suppressed: Suppression | null, definition: { id: string } | null }, active: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, previous?: { window: { length: WindowLength, first: string, last: string, complete: boolean }, active: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } } | null }> } | null };

export type NetworkQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type NetworkQuery = { figures: { cut: { day: string }, externalInternalIndex: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, modularity: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, assortativity: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, reciprocity: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, density: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null } | null };

export type ResponsivenessQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type ResponsivenessQuery = { figures: { cut: { day: string }, timeToFirstResponse: { median: number | null, count: number | null, happened: number | null, suppressed: Suppression | null, medianInterval: { lower: number, upper: number | null } | null, points: Array<{ seconds: number, remaining: number, atRisk: number, interval: { lower: number, upper: number } | null }>, definition: { id: string } | null } | null, within24: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null, within72: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null, within168: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null } | null } | null };

export type InequalityQueryVariables = Exact<{
  window: WindowInput;
  department?: string | number | null | undefined;
  subtree: boolean;
  chart: Chart;
  asOf?: string | null | undefined;
}>;


export type InequalityQuery = { figures: { cut: { day: string }, participationSplit: { none: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, some: { value: number | null, numerator: number | null, denominator: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, band: { lower: number, upper: number } | null, definition: { id: string } | null }, heaviest: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null }, gini: { value: number | null, count: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, giniWithZeros: { value: number | null, count: number | null, suppressed: Suppression | null, interval: { lower: number, upper: number } | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null, elephantFactor: { value: number | null, count: number | null, suppressed: Suppression | null, baseline: { expected: number, z: number | null, p: number | null } | null, definition: { id: string } | null } | null } | null };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const DefinitionTextFragmentDoc = new TypedDocumentString(`
    fragment DefinitionText on MetricDefinition {
  id
  name
  explanation
  formula
  window
  denominator
  exclusions
  privacy
  source
  eventTypes
}
    `, {"fragmentName":"DefinitionText"}) as unknown as TypedDocumentString<DefinitionTextFragment, unknown>;
export const ReceiptTextFragmentDoc = new TypedDocumentString(`
    fragment ReceiptText on Receipt {
  text
  lastEvent
  inputs
  digest
}
    `, {"fragmentName":"ReceiptText"}) as unknown as TypedDocumentString<ReceiptTextFragment, unknown>;
export const ShareEvidenceFragmentDoc = new TypedDocumentString(`
    fragment ShareEvidence on Share {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}
    fragment DefinitionText on MetricDefinition {
  id
  name
  explanation
  formula
  window
  denominator
  exclusions
  privacy
  source
  eventTypes
}
fragment ReceiptText on Receipt {
  text
  lastEvent
  inputs
  digest
}`, {"fragmentName":"ShareEvidence"}) as unknown as TypedDocumentString<ShareEvidenceFragment, unknown>;
export const CountEvidenceFragmentDoc = new TypedDocumentString(`
    fragment CountEvidence on Count {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}
    fragment DefinitionText on MetricDefinition {
  id
  name
  explanation
  formula
  window
  denominator
  exclusions
  privacy
  source
  eventTypes
}
fragment ReceiptText on Receipt {
  text
  lastEvent
  inputs
  digest
}`, {"fragmentName":"CountEvidence"}) as unknown as TypedDocumentString<CountEvidenceFragment, unknown>;
export const MeasureEvidenceFragmentDoc = new TypedDocumentString(`
    fragment MeasureEvidence on Measure {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}
    fragment DefinitionText on MetricDefinition {
  id
  name
  explanation
  formula
  window
  denominator
  exclusions
  privacy
  source
  eventTypes
}
fragment ReceiptText on Receipt {
  text
  lastEvent
  inputs
  digest
}`, {"fragmentName":"MeasureEvidence"}) as unknown as TypedDocumentString<MeasureEvidenceFragment, unknown>;
export const WindowDatesFragmentDoc = new TypedDocumentString(`
    fragment WindowDates on Window {
  length
  first
  last
  complete
}
    `, {"fragmentName":"WindowDates"}) as unknown as TypedDocumentString<WindowDatesFragment, unknown>;
export const CountFigureFragmentDoc = new TypedDocumentString(`
    fragment CountFigure on Count {
  value
  suppressed
  definition {
    id
  }
}
    `, {"fragmentName":"CountFigure"}) as unknown as TypedDocumentString<CountFigureFragment, unknown>;
export const MeasureFigureFragmentDoc = new TypedDocumentString(`
    fragment MeasureFigure on Measure {
  value
  baseline {
    expected
    z
    p
  }
  count
  suppressed
  definition {
    id
  }
}
    `, {"fragmentName":"MeasureFigure"}) as unknown as TypedDocumentString<MeasureFigureFragment, unknown>;
export const ShareFigureFragmentDoc = new TypedDocumentString(`
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}
    `, {"fragmentName":"ShareFigure"}) as unknown as TypedDocumentString<ShareFigureFragment, unknown>;
export const HeadlinesFragmentDoc = new TypedDocumentString(`
    fragment Headlines on Figures {
  accessCoverage {
    ...ShareFigure
  }
  activation {
    ...ShareFigure
  }
  active(level: PARTICIPATED) {
    ...ShareFigure
  }
  habit {
    ...ShareFigure
  }
  answeredWithin(hours: 24) {
    ...ShareFigure
  }
  crossDepartmentShare {
    ...ShareFigure
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`, {"fragmentName":"Headlines"}) as unknown as TypedDocumentString<HeadlinesFragment, unknown>;
export const EvidenceDocument = new TypedDocumentString(`
    query Evidence($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date, $level: ActivityLevel! = PARTICIPATED, $hours: Int! = 24, $zeros: Boolean! = false, $headcount: Boolean! = false, $accessCoverage: Boolean! = false, $activation: Boolean! = false, $active: Boolean! = false, $habit: Boolean! = false, $answeredWithin: Boolean! = false, $crossDepartmentShare: Boolean! = false, $activityFrequency: Boolean! = false, $often: [Int!]! = [1], $onboarding: Boolean! = false, $cohort: Boolean! = false, $back: Int! = 0, $index: Int! = 0, $flow: Boolean! = false, $externalInternalIndex: Boolean! = false, $density: Boolean! = false, $reciprocity: Boolean! = false, $modularity: Boolean! = false, $assortativity: Boolean! = false, $timeToFirstResponse: Boolean! = false, $participationSplit: Boolean! = false, $gini: Boolean! = false, $elephantFactor: Boolean! = false) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    headcount @include(if: $headcount) {
      ...CountEvidence
    }
    accessCoverage @include(if: $accessCoverage) {
      ...ShareEvidence
    }
    activation @include(if: $activation) {
      ...ShareEvidence
    }
    active(level: $level) @include(if: $active) {
      ...ShareEvidence
    }
    habit @include(if: $habit) {
      ...ShareEvidence
    }
    answeredWithin(hours: $hours) @include(if: $answeredWithin) {
      ...ShareEvidence
    }
    crossDepartmentShare @include(if: $crossDepartmentShare) {
      ...ShareEvidence
    }
    activityFrequency(atLeast: $often) @include(if: $activityFrequency) {
      share {
        ...ShareEvidence
      }
    }
    onboarding @include(if: $onboarding) {
      share {
        ...ShareEvidence
      }
    }
    cohort(back: $back) @include(if: $cohort) {
      period(index: $index) {
        retained {
          ...ShareEvidence
        }
      }
    }
    flow(level: 1) @include(if: $flow) {
      definition {
        ...DefinitionText
      }
      receipt {
        ...ReceiptText
      }
    }
    externalInternalIndex @include(if: $externalInternalIndex) {
      ...MeasureEvidence
    }
    density @include(if: $density) {
      ...MeasureEvidence
    }
    reciprocity @include(if: $reciprocity) {
      ...MeasureEvidence
    }
    modularity @include(if: $modularity) {
      ...MeasureEvidence
    }
    assortativity @include(if: $assortativity) {
      ...MeasureEvidence
    }
    timeToFirstResponse @include(if: $timeToFirstResponse) {
      definition {
        ...DefinitionText
      }
      receipt {
        ...ReceiptText
      }
    }
    participationSplit @include(if: $participationSplit) {
      none {
        ...ShareEvidence
      }
      some {
        ...ShareEvidence
      }
      heaviest {
        ...MeasureEvidence
      }
    }
    gini(zeros: $zeros) @include(if: $gini) {
      ...MeasureEvidence
    }
    elephantFactor @include(if: $elephantFactor) {
      ...MeasureEvidence
    }
  }
}
    fragment DefinitionText on MetricDefinition {
  id
  name
  explanation
  formula
  window
  denominator
  exclusions
  privacy
  source
  eventTypes
}
fragment ReceiptText on Receipt {
  text
  lastEvent
  inputs
  digest
}
fragment ShareEvidence on Share {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}
fragment CountEvidence on Count {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}
fragment MeasureEvidence on Measure {
  definition {
    ...DefinitionText
  }
  receipt {
    ...ReceiptText
  }
}`) as unknown as TypedDocumentString<EvidenceQuery, EvidenceQueryVariables>;
export const PlaceDocument = new TypedDocumentString(`
    query Place {
  viewer {
    name
  }
  organisation {
    name
    anonymous
    timeZone
    departments {
      id
      name
      closedAt
      parent {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PlaceQuery, PlaceQueryVariables>;
export const KnownDocument = new TypedDocumentString(`
    query Known($asOf: Date, $length: WindowLength!, $windows: Int!) {
  figures(window: {length: $length}, asOf: $asOf) {
    cut {
      day
    }
    anonymous
    activeSets(windows: $windows) {
      window {
        first
        last
        complete
      }
      participated {
        value
        band {
          upper
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<KnownQuery, KnownQueryVariables>;
export const LatelyDocument = new TypedDocumentString(`
    query Lately($from: Date!, $to: Date!) {
  dailyActivity(from: $from, to: $to) {
    days {
      date
      acts
    }
  }
}
    `) as unknown as TypedDocumentString<LatelyQuery, LatelyQueryVariables>;
export const HeadlineDocument = new TypedDocumentString(`
    query Headline($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date, $compare: Boolean!) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    ...Headlines
    window {
      ...WindowDates
    }
    cut {
      day
    }
    threshold
    anonymous
    previous @include(if: $compare) {
      window {
        ...WindowDates
      }
      ...Headlines
    }
  }
}
    fragment WindowDates on Window {
  length
  first
  last
  complete
}
fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}
fragment Headlines on Figures {
  accessCoverage {
    ...ShareFigure
  }
  activation {
    ...ShareFigure
  }
  active(level: PARTICIPATED) {
    ...ShareFigure
  }
  habit {
    ...ShareFigure
  }
  answeredWithin(hours: 24) {
    ...ShareFigure
  }
  crossDepartmentShare {
    ...ShareFigure
  }
}`) as unknown as TypedDocumentString<HeadlineQuery, HeadlineQueryVariables>;
export const ActiveSetsDocument = new TypedDocumentString(`
    query ActiveSets($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    activeSets(windows: 12) {
      window {
        ...WindowDates
      }
      consumed {
        ...ShareFigure
      }
      participated {
        ...ShareFigure
      }
      contributed {
        ...ShareFigure
      }
    }
  }
}
    fragment WindowDates on Window {
  length
  first
  last
  complete
}
fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<ActiveSetsQuery, ActiveSetsQueryVariables>;
export const OnboardingDocument = new TypedDocumentString(`
    query Onboarding($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    onboarding {
      step
      share {
        ...ShareFigure
      }
    }
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<OnboardingQuery, OnboardingQueryVariables>;
export const FrequencyDocument = new TypedDocumentString(`
    query Frequency($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    window {
      length
    }
    activityFrequency {
      atLeast
      share {
        ...ShareFigure
      }
    }
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<FrequencyQuery, FrequencyQueryVariables>;
export const FlowDocument = new TypedDocumentString(`
    query Flow($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    flow(level: 1) {
      departments {
        id
        name
      }
      small {
        id
      }
      cells {
        source {
          id
        }
        receiver {
          id
        }
        acts
        suppressed
      }
      suppressed
      definition {
        id
      }
    }
    crossDepartmentShare {
      ...ShareFigure
    }
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<FlowQuery, FlowQueryVariables>;
export const CohortsDocument = new TypedDocumentString(`
    query Cohorts($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    cohorts(windows: 12) {
      window {
        ...WindowDates
      }
      periods {
        index
        left {
          ...CountFigure
        }
        retained {
          ...ShareFigure
        }
      }
    }
  }
}
    fragment WindowDates on Window {
  length
  first
  last
  complete
}
fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}
fragment CountFigure on Count {
  value
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<CohortsQuery, CohortsQueryVariables>;
export const DepartmentsDocument = new TypedDocumentString(`
    query Departments($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date, $compare: Boolean!) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    departments {
      department {
        id
        name
      }
      headcount {
        ...CountFigure
      }
      active(level: PARTICIPATED) {
        ...ShareFigure
      }
      previous @include(if: $compare) {
        window {
          ...WindowDates
        }
        active(level: PARTICIPATED) {
          ...ShareFigure
        }
      }
    }
  }
}
    fragment WindowDates on Window {
  length
  first
  last
  complete
}
fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}
fragment CountFigure on Count {
  value
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<DepartmentsQuery, DepartmentsQueryVariables>;
export const NetworkDocument = new TypedDocumentString(`
    query Network($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    externalInternalIndex {
      ...MeasureFigure
    }
    modularity {
      ...MeasureFigure
    }
    assortativity {
      ...MeasureFigure
    }
    reciprocity {
      ...MeasureFigure
    }
    density {
      ...MeasureFigure
    }
  }
}
    fragment MeasureFigure on Measure {
  value
  baseline {
    expected
    z
    p
  }
  count
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<NetworkQuery, NetworkQueryVariables>;
export const ResponsivenessDocument = new TypedDocumentString(`
    query Responsiveness($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    timeToFirstResponse {
      median
      medianInterval {
        lower
        upper
      }
      points {
        seconds
        remaining
        interval {
          lower
          upper
        }
        atRisk
      }
      count
      happened
      suppressed
      definition {
        id
      }
    }
    within24: answeredWithin(hours: 24) {
      ...ShareFigure
    }
    within72: answeredWithin(hours: 72) {
      ...ShareFigure
    }
    within168: answeredWithin(hours: 168) {
      ...ShareFigure
    }
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<ResponsivenessQuery, ResponsivenessQueryVariables>;
export const InequalityDocument = new TypedDocumentString(`
    query Inequality($window: WindowInput!, $department: ID, $subtree: Boolean!, $chart: Chart!, $asOf: Date) {
  figures(
    window: $window
    department: $department
    subtree: $subtree
    chart: $chart
    asOf: $asOf
  ) {
    cut {
      day
    }
    participationSplit {
      none {
        ...ShareFigure
      }
      some {
        ...ShareFigure
      }
      heaviest {
        ...MeasureFigure
      }
    }
    gini(zeros: false) {
      ...MeasureFigure
      interval {
        lower
        upper
      }
    }
    giniWithZeros: gini(zeros: true) {
      ...MeasureFigure
      interval {
        lower
        upper
      }
    }
    elephantFactor {
      ...MeasureFigure
    }
  }
}
    fragment ShareFigure on Share {
  value
  numerator
  denominator
  interval {
    lower
    upper
  }
  band {
    lower
    upper
  }
  suppressed
  definition {
    id
  }
}
fragment MeasureFigure on Measure {
  value
  baseline {
    expected
    z
    p
  }
  count
  suppressed
  definition {
    id
  }
}`) as unknown as TypedDocumentString<InequalityQuery, InequalityQueryVariables>;