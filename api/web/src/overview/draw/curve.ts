// How many have been answered so long after asking, on an axis that gives minutes and days room alike.
import type { Drawing } from '../chart';
import { dot, group, series, shares, type Mark, type Place, type Shape } from './custom';
import type { Palette } from '../theme';

export interface Curve {
  points: (Mark & { seconds: number; answered: number; interval: { lower: number; upper: number } | null })[];
  /** Durations that the axis names, in seconds. */
  ticks: number[];
  duration: (seconds: number) => string;
  percent: (share: number) => string;
  median: number | null;
}

/** So many points can be told apart as dots. */
const DOTS = 20;

const along = (seconds: number): number => Math.log10(Math.max(60, seconds));

export const drawCurve = ({ points, ticks, duration, percent, median }: Curve): Drawing => ({
  height: (width) => (width < 480 ? 200 : 220),
  option: (palette, width) => {
    const [first, last] = [ticks[0]!, ticks.at(-1)!];
    const dots = points.length <= DOTS;
    const shown = points.filter(({ seconds }) => seconds >= first && seconds <= last);
    return {
      grid: { left: 44, right: 24, top: 10, bottom: 26 },
      xAxis: {
        type: 'value',
        min: along(first),
        max: along(last),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: palette.line } },
        axisLabel: {
          color: palette.quiet,
          customValues: ticks.filter((_, at) => width >= 480 || at % 2 === 1).map(along),
          formatter: (at: number) => duration(Math.round(10 ** at)),
        },
        splitLine: { show: false },
      },
      yAxis: shares(percent, palette),
      series: [
        series(
          shown,
          ({ seconds, answered }) => [along(seconds), answered],
          ({ seconds, answered }, place, at) =>
            group([
              ...(at === 0 ? steps(shown, place, median, palette) : []),
              dot(...place.coord([along(seconds), answered]), 4, dots ? palette.participated : 'transparent', dots ? palette.card : 'transparent'),
            ]),
        ),
      ],
    };
  },
});

/** A line that is level until its next point. */
function level(points: { seconds: number; value: number }[], place: Place): [number, number][] {
  return points.flatMap(({ seconds, value }, at) => {
    const here = place.coord([along(seconds), value]);
    const before = points[at - 1];
    return before ? [[here[0], place.coord([0, before.value])[1]], here] : [here];
  });
}

/** The curve with its interval around it; and a dashed line down from where half have come to one. */
function steps(points: Curve['points'], place: Place, median: number | null, palette: Palette): Shape[] {
  const path = level(points.map(({ seconds, answered }) => ({ seconds, value: answered })), place);
  const known = points.flatMap(({ seconds, interval }) => (interval ? [{ seconds, ...interval }] : []));
  const [low, high] = (['lower', 'upper'] as const).map((end) => level(known.map((point) => ({ seconds: point.seconds, value: point[end] })), place));
  const ground = place.coord([0, 0])[1];
  const line = (of: number[][], style: object): Shape => ({
    type: 'polyline',
    silent: true,
    shape: { points: of },
    style: { fill: 'none', ...style },
  });
  const half = median === null ? undefined : place.coord([along(median), 0.5]);
  return [
    {
      type: 'polygon',
      silent: true,
      shape: { points: [...low!, ...high!.reverse()] },
      style: { fill: palette.participated, opacity: 0.22 },
    },
    line(path, { stroke: palette.participated, lineWidth: 2.25 }),
    ...(half ? [line([half, [half[0], ground]], { stroke: palette.quiet, lineDash: [4, 3], lineWidth: 1 })] : []),
  ];
}
