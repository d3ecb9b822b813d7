// The grid of windows that figures are computed by: each length divides time without gaps from one Monday on.
import type { WindowLength } from '../gql/graphql';

/** In the order they are offered. */
export const LENGTHS = ['DAY', 'WEEK', 'FOUR_WEEKS', 'TWELVE_WEEKS'] as const satisfies readonly WindowLength[];

const DAYS: Record<WindowLength, number> = { DAY: 1, WEEK: 7, FOUR_WEEKS: 28, TWELVE_WEEKS: 84 };
const DAY_MS = 86_400_000;
/** The Monday that whole weeks are counted from. */
const FIRST_MONDAY = Date.UTC(2001, 0, 1);

/** From a local day to another, both included. */
export interface Span {
  first: string;
  last: string;
}

const daysOf = (day: string): number => Math.round((Date.parse(`${day}T00:00Z`) - FIRST_MONDAY) / DAY_MS);
const dayOf = (days: number): string => new Date(FIRST_MONDAY + days * DAY_MS).toISOString().slice(0, 10);

/** Whether it is a day such as 2026-01-31. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00Z`)) && dayOf(daysOf(text)) === text;

/** So many days after a day; before it, where there are fewer than none. */
export const shifted = (day: string, days: number): string => dayOf(daysOf(day) + days);

/** The window of a length that a day lies in. */
export function windowAt(day: string, length: WindowLength): Span {
  const first = Math.floor(daysOf(day) / DAYS[length]) * DAYS[length];
  return { first: dayOf(first), last: dayOf(first + DAYS[length] - 1) };
}

/** The newest window that had ended at the end of a day. */
export function lastEnded(cut: string, length: WindowLength): Span {
  const current = windowAt(cut, length);
  return current.last <= cut ? current : windowAt(shifted(current.first, -1), length);
}

/** The newest window that had ended at the end of a day, unless the last act was before it: then the window of that. */
export function lastAlive(cut: string, lastAct: string, length: WindowLength): Span {
  const [ended, alive] = [lastEnded(cut, length), windowAt(lastAct, length)];
  return alive.first < ended.first ? alive : ended;
}

/** The newest windows that had begun by a day, the newest first. */
export function recent(cut: string, length: WindowLength, count: number): Span[] {
  const newest = windowAt(cut, length);
  return Array.from({ length: count }, (_, back) => windowAt(shifted(newest.first, -back * DAYS[length]), length));
}

/** The last day that is over in a time zone. */
export function yesterday(timeZone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const part = Object.fromEntries(parts.formatToParts(now).map(({ type, value }) => [type, value]));
  return shifted(`${part['year']}-${part['month']}-${part['day']}`, -1);
}
