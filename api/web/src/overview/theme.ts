// Light or dark: as the device says until somebody chooses, which this browser then keeps; paper is always light.
import { useMemo, useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'passerelle:theme';
const CHOSEN = 'passerelle:theme-chosen';
const queries = ['(prefers-color-scheme: dark)', 'print'].map((query) => matchMedia(query));

const kept = (): Theme => THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}

export function choose(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  apply(theme);
  dispatchEvent(new Event(CHOSEN));
}

function follow(changed: () => void): () => void {
  addEventListener(CHOSEN, changed);
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    removeEventListener(CHOSEN, changed);
    for (const query of queries) query.removeEventListener('change', changed);
  };
}

export const useTheme = (): Theme => useSyncExternalStore(follow, kept);

/** Changes whenever colours do. */
const useColours = (): string =>
  useSyncExternalStore(follow, () => [kept(), ...queries.map(({ matches }) => matches)].join());

const NAMES = [
  'ink',
  'quiet',
  'faint',
  'line',
  'card',
  'accent',
  'consumed',
  'participated',
  'contributed',
  'scale-low',
  'scale-high',
  'inside',
  'black',
  'white',
] as const;

/** Colours by name, and the type that goes with them. */
export type Palette = Record<Colour | 'font', string>;
export type Colour = (typeof NAMES)[number];

const parts = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);

/** The colour so far along from one to another. */
export function mixed(low: string, high: string, along: number): string {
  const [from, to] = [parts(low), parts(high)];
  return `rgb(${[0, 1, 2].map((at) => Math.round(from[at]! + (to[at]! - from[at]!) * along)).join(', ')})`;
}

/** How light a colour is, from 0 to 1 (WCAG 2.2, relative luminance). */
const luminance = (colour: string): number => {
  const [red, green, blue] = parts(colour).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
};

/** Black or white, whichever is read better on a ground: their contrasts are equal where it is 0.179 light. */
export const readableOn = (ground: string, { black, white }: Palette): string =>
  luminance(ground) > 0.179 ? black : white;

/** The style sheet's colours as they are now: charts are drawn with them, because a picture of one has no style sheet. */
function palette(): Palette {
  const probe = document.body.appendChild(document.createElement('i'));
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const found = Object.fromEntries(NAMES.map((name) => [name, colour(name)])) as Record<Colour, string>;
  // Double quotes would end the attribute that ECharts writes it into.
  const font = getComputedStyle(probe).fontFamily.replaceAll('"', "'");
  probe.remove();
  return { ...found, font };
}

export function usePalette(): Palette {
  const colours = useColours();
  return useMemo(palette, [colours]);
}

apply(kept());
