// A chart of ECharts, drawn as SVG, with only the parts that the page uses.
import { CustomChart } from 'echarts/charts';
import { GridSimpleComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption, type EChartsType } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef, useState } from 'react';
import type { Mark } from './draw/custom';
import { useOpen } from './reference';
import { usePalette, type Palette } from './theme';

use([CustomChart, GridSimpleComponent, SVGRenderer]);

export interface Drawing {
  /** What to draw, in these colours, so many pixels wide. */
  option: (palette: Palette, width: number) => EChartsCoreOption;
  /** In pixels. */
  height: (width: number) => number;
}

interface Props {
  drawing: Drawing;
  label: string;
  onReady: (chart: EChartsType | undefined) => void;
}

/** What is said about the mark that is pointed at, and where. */
interface Pointed {
  tip: string;
  x: number;
  y: number;
}

export function Chart({ drawing, label, onReady }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const [width, setWidth] = useState(0);
  const [pointed, setPointed] = useState<Pointed>();
  const palette = usePalette();
  const open = useOpen();
  useEffect(() => {
    const element = place.current!;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
  useEffect(() => {
    const made = init(place.current!, null, { renderer: 'svg', width: 1, height: 1 });
    chart.current = made;
    onReady(made);
    return () => {
      onReady(undefined);
      made.dispose();
    };
  }, []);
  useEffect(() => {
    const made = chart.current!;
    const markOf = (data: unknown) => (data ?? {}) as Partial<Mark>;
    made.on('click', ({ data }) => {
      const { evidence } = markOf(data);
      if (evidence) open([evidence], 0);
    });
    made.on('mousemove', ({ data, event }) => {
      const { tip } = markOf(data);
      setPointed(tip && event ? { tip, x: event.offsetX, y: event.offsetY } : undefined);
    });
    made.on('globalout', () => setPointed(undefined));
    made.on('mouseout', () => setPointed(undefined));
    return () => {
      for (const event of ['click', 'mousemove', 'globalout', 'mouseout']) made.off(event);
    };
  }, [open]);
  const height = drawing.height(width);
  useEffect(() => {
    if (width === 0) return;
    const made = chart.current!;
    made.resize({ width, height });
    const textStyle = { fontFamily: palette.font, fontSize: 12, color: palette.ink };
    made.setOption({ animation: false, textStyle, ...drawing.option(palette, width) }, true);
    // So that paper of another width scales it as a whole.
    place.current!.querySelector('svg')?.setAttribute('viewBox', `0 0 ${width} ${height}`);
  }, [drawing, palette, width, height]);
  return (
    <div className="chart-place">
      <div ref={place} className="chart" role="img" aria-label={label} style={{ height }} />
      {pointed && (
        <p
          className={pointed.x > width / 2 ? 'tip left' : 'tip'}
          aria-hidden="true"
          style={{ left: pointed.x, top: pointed.y }}
        >
          {pointed.tip}
        </p>
      )}
    </div>
  );
}
