import type { EChartsCoreOption } from 'echarts/core';
import { escaped, Markup } from './markup.js';

/** One carrier (or whatever is told apart by colour) and its value for each category; `null` draws nothing. */
export interface ChartSeries {
  readonly name: string;
  /** 1 to 8: which of the page's colours. */
  readonly colour: number;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** `columns` stand along a time axis, `bars` lie in a ranking, highest first. */
  readonly kind: 'columns' | 'bars';
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** A round value of the axis, short. */
  readonly axisText: (value: number) => string;
  /** What one piece of the chart says when pointed at. */
  readonly pieceText: (series: number, category: number) => string;
  /** For `bars`: what stands at the end of a bar. */
  readonly endText?: (category: number) => string;
}

/** Drawn twice: scaled text would be too small for a phone. */
const SIZES = {
  wide: { width: 880, columnsHeight: 260, labelWidth: 190, endWidth: 130 },
  narrow: { width: 350, columnsHeight: 210, labelWidth: 168, endWidth: 82 },
} as const;
const ROW_HEIGHT = 30;

/** The chart as SVG for wide and for narrow pages. Colours are the page's own, so that they follow its dark and its printed form. */
export async function chartSvg(data: ChartData, name: string): Promise<Markup> {
  const { init, use } = await import('echarts/core');
  const [{ BarChart }, { GridComponent }, { SVGRenderer }] = await Promise.all([
    import('echarts/charts'),
    import('echarts/components'),
    import('echarts/renderers'),
  ]);
  use([BarChart, GridComponent, SVGRenderer]);
  const drawn = (['wide', 'narrow'] as const).map((size) => {
    const { width, columnsHeight } = SIZES[size];
    const height = data.kind === 'columns' ? columnsHeight : data.categories.length * ROW_HEIGHT + 8;
    const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
    chart.setOption(data.kind === 'columns' ? columns(data) : bars(data, size));
    const svg = chart.renderToSVGString();
    chart.dispose();
    return `<div class="${size}">${accessible(svg, data, name)}</div>`;
  });
  return new Markup(drawn.join(''));
}

const TEXT = { color: 'var(--muted)', fontSize: 12, fontFamily: 'inherit' };

function columns({ categories, series, axisText }: ChartData): EChartsCoreOption {
  return {
    animation: false,
    grid: { left: 4, right: 4, top: 14, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    xAxis: {
      type: 'category',
      data: categories,
      axisLine: { lineStyle: { color: 'var(--line)' } },
      axisTick: { show: false },
      axisLabel: { ...TEXT, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      splitNumber: 4,
      splitLine: { lineStyle: { color: 'var(--grid)' } },
      axisLabel: { ...TEXT, formatter: axisText },
    },
    series: series.map(({ name, colour, values }) => ({
      type: 'bar',
      stack: 'all',
      name,
      data: values,
      color: `var(--c${colour})`,
      barCategoryGap: '24%',
      barMaxWidth: 44,
      silent: true,
      itemStyle: { borderColor: 'var(--paper)', borderWidth: 0.5 },
    })),
  };
}

function bars({ categories, series, endText }: ChartData, size: keyof typeof SIZES): EChartsCoreOption {
  const { labelWidth, endWidth } = SIZES[size];
  return {
    animation: false,
    grid: { left: labelWidth, right: endWidth, top: 4, bottom: 4, outerBoundsMode: 'none' },
    xAxis: { type: 'value', show: false, min: 0 },
    yAxis: {
      type: 'category',
      inverse: true,
      data: categories,
      axisLine: { lineStyle: { color: 'var(--line)' } },
      axisTick: { show: false },
      axisLabel: { ...TEXT, color: 'var(--ink)', width: labelWidth - 10, overflow: 'truncate', interval: 0 },
    },
    series: [
      ...series.map(({ name, colour, values }) => ({
        type: 'bar',
        stack: 'all',
        name,
        data: values,
        color: `var(--c${colour})`,
        barWidth: 18,
        silent: true,
        itemStyle: { borderColor: 'var(--paper)', borderWidth: 0.5 },
      })),
      {
        // Nothing but the text at the end of each bar.
        type: 'bar',
        stack: 'all',
        data: categories.map(() => 0),
        silent: true,
        color: 'none',
        label: {
          ...TEXT,
          show: endText !== undefined,
          position: 'right',
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => endText?.(dataIndex) ?? '',
        },
      },
    ],
  };
}

const PIECE = /<path ([^>]*?) ecmeta_series_index="(\d+)" ecmeta_data_index="(\d+)"[^>]*><\/path>/g;

/** Names the chart and each of its pieces, and leaves out what only scripts and pointers would need. */
function accessible(svg: string, { series, pieceText }: ChartData, name: string): string {
  return svg
    .replace(/<style\s*>[\s\S]*?<\/style>/g, '')
    .replace(PIECE, (_, attributes: string, seriesIndex: string, index: string) =>
      Number(seriesIndex) < series.length
        ? `<path ${attributes}><title>${escaped(pieceText(Number(seriesIndex), Number(index)))}</title></path>`
        : '',
    )
    .replaceAll(
      / (?:class="zr[^"]*"|pointer-events="visible"|xml:space="preserve"|xmlns:xlink="[^"]*"|baseProfile="full"|version="1.1")/g,
      '',
    )
    .replaceAll('font-family:inherit;', '')
    .replace('<svg ', `<svg role="img" aria-label="${escaped(name)}" `);
}
