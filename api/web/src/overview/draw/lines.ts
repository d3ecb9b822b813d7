// Nested sets over time: the larger behind the smaller, and windows hatched that are not over or not shown.
import type { Drawing } from '../chart';
import type { Colour, Palette } from '../theme';
import { dot, group, names, rect, series, shares, words, type Mark, type Place, type Shape } from './custom';
import { hatch } from './hatch';

export interface Line {
  name: string;
  colour: Colour;
  points: (Mark & {
    value: number | null;
    /** Between what it lies, where it is no single value. */
    band: { lower: number; upper: number } | null;
  })[];
}

export interface Lines {
  /** What stands below the axis, a word a window. */
  ticks: string[];
  lines: Line[];
  marks: (WindowMark | undefined)[];
  /** What is said where a window begins from which on something is otherwise. */
  turns: (WindowMark | undefined)[];
  percent: (value: number) => string;
}

/** What is said about a window as a whole, above it and where it is pointed at. */
export interface WindowMark extends Mark {
  text: string;
}

/** In pixels, between the names of two lines. */
const APART = 16;

export const drawLines = ({ ticks, lines, marks, turns, percent }: Lines): Drawing => ({
  height: (width) => (width < 480 ? 230 : 300),
  option: (palette, width) => ({
    grid: { left: 44, right: width < 480 ? 8 : 104, top: 26, bottom: 26 },
    xAxis: names(ticks, { interval: 'auto', hideOverlap: true, color: palette.quiet }),
    yAxis: shares(percent, palette, most(lines)),
    series: [
      series(
        marks.flatMap((mark, at) => (mark === undefined ? [] : [{ ...mark, at }])),
        ({ at }) => [at, most(lines)],
        ({ at, text }, place) => shade(text, marks[at - 1]?.text !== text, place, palette),
      ),
      series(
        turns.flatMap((turn, at) => (turn === undefined ? [] : [{ ...turn, at }])),
        ({ at }) => [at, most(lines)],
        ({ at, text }, place) => turn(text, at > turns.length / 2, place, palette),
      ),
      ...lines.map((line, order) =>
        series(
          line.points,
          ({ value, band }, at) => [at, value ?? band?.upper ?? 0],
          ({ value, band }, place, at) => {
            const [x, y] = place.coord([at, value ?? 0]);
            const last = at === line.points.length - 1;
            const beside = x + 12 + place.size([1, 0])[0] / 2;
            // Bars of one window stand side by side.
            const aside = order - (lines.length - 1) / 2;
            const wide = width < 480 ? 4 : 6;
            return group([
              ...(at === 0 ? runs(line, place, palette) : []),
              ...(value === null ? [] : [dot(x, y, 4, palette[line.colour], palette.card)]),
              ...(value === null && band ? [between(place, [at, band.lower, band.upper], aside * (wide + 2), wide, palette[line.colour])] : []),
              ...(last && value !== null && width >= 480 ? [words(line.name, beside, nameAt(lines, order, place), palette)] : []),
            ]);
          },
        ),
      ),
    ],
  }),
});

/** From one number to another, so far aside of its window and so wide. */
function between(place: Place, [at, lower, upper]: [number, number, number], aside: number, wide: number, fill: string): Shape {
  const [middle, top] = place.coord([at, upper]);
  const [, bottom] = place.coord([at, lower]);
  return rect(middle + aside - wide / 2, top, wide, Math.max(2, bottom - top), { fill }, 2);
}

/** Where the axis ends: a quarter, a half, three quarters, or all. */
function most(lines: Line[]): number {
  const highest = Math.max(0.01, ...lines.flatMap(({ points }) => points.map(({ value, band }) => value ?? band?.upper ?? 0)));
  return Math.ceil(highest * 4) / 4;
}

/** Where the name of a line stands: at its end, and below the name of the line before. */
function nameAt(lines: Line[], order: number, place: Place): number {
  const [, y] = place.coord([0, lines[order]!.points.at(-1)?.value ?? 0]);
  return order === 0 ? y : Math.max(y, nameAt(lines, order - 1, place) + APART);
}

/** The line and the ground below it, in as many parts as hidden points cut it into. */
function runs({ points, colour }: Line, place: Place, palette: Palette): Shape[] {
  const parts: [number, number][][] = [[]];
  points.forEach(({ value }, at) => {
    if (value === null) parts.push([]);
    else parts.at(-1)!.push(place.coord([at, value]));
  });
  const ground = place.coord([0, 0])[1];
  return parts.filter(({ length }) => length > 1).flatMap((run) => [
    {
      type: 'polygon',
      silent: true,
      shape: { points: [...run, [run.at(-1)![0], ground], [run[0]![0], ground]] },
      style: { fill: palette[colour], opacity: 0.13 },
    },
    { type: 'polyline', silent: true, shape: { points: run }, style: { stroke: palette[colour], lineWidth: 2.25, fill: 'none' } },
  ]);
}

/** A dashed line before a window, with what begins there beside it, to the left where there is more room. */
function turn(text: string, leftward: boolean, place: Place, palette: Palette): Shape {
  const [middle, top] = place.coord([place.value(0), place.value(1)]);
  const [, bottom] = place.coord([place.value(0), 0]);
  const x = middle - place.size([1, 0])[0] / 2;
  const [beside, align] = leftward ? [x - 6, 'right'] : [x + 6, 'left'];
  return group([
    { type: 'polyline', silent: true, shape: { points: [[x, top], [x, bottom]] }, style: { stroke: palette.quiet, lineDash: [4, 3], lineWidth: 1, fill: 'none' } },
    rect(x - 4, top, 8, bottom - top, { fill: 'transparent' }),
    words(text, beside, top + 8, palette, { fill: palette.quiet, align, fontSize: 11 }),
  ]);
}

/** A window hatched from top to bottom, with the reason above it; of neighbours the first says it, where room is short. */
function shade(text: string, first: boolean, place: Place, palette: Palette): Shape {
  const [middle, top] = place.coord([place.value(0), place.value(1)]);
  const [, bottom] = place.coord([place.value(0), 0]);
  const [width] = place.size([1, 0]);
  const [x, height] = [middle - width / 2, bottom - top];
  return group([
    rect(x, top, width, height, { fill: palette.faint, opacity: 0.6 }),
    hatch(x, top, width, height, palette.line),
    words(first || width > text.length * 8 ? text : '', middle, top - 12, palette, { fill: palette.quiet, align: 'center', fontSize: 11 }),
  ]);
}
