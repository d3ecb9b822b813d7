// Builds the pages, the overview, GraphiQL and signing in, into files that the binary carries: nothing is loaded from anywhere else, no script stands inline.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** The last two steps of brotli make files a twelfth smaller, and builds half a minute longer. */
const brotli = (content: Buffer) => brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });

/** Puts `x.br` and `x.gz` beside each text file of the bundle: over plain HTTP browsers ask for no brotli. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    writeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg|ttf)$/.test(name)) continue;
        const content = readFileSync(join(folder, name));
        for (const [ending, small] of [['br', brotli(content)], ['gz', gzipSync(content, { level: 9 })]] as const) {
          if (small.length < content.length) writeFileSync(join(folder, `${name}.${ending}`), small);
        }
      }
    },
  };
}

/**
 * What ECharts carries along and no drawing of the overview can reach, since they are all of one kind of series, without
 * animation, on axes of values and names, and their tips are the page's own; with what stands there instead. It is a
 * sixteenth of the first page.
 */
const UNUSED: Record<string, string> = {
  'zrender/lib/svg/cssAnimation.js': 'export const createCSSAnimation = () => {};',
  'zrender/lib/svg/cssEmphasis.js': 'export const createCSSEmphasis = () => {};',
  'echarts/lib/animation/customGraphicKeyframeAnimation.js':
    'export const applyKeyframeAnimation = () => {}; export const stopPreviousKeyframeAnimationAndRestore = () => {};',
  'echarts/lib/component/tooltip/seriesFormatTooltip.js': 'export const defaultSeriesFormatTooltip = () => {};',
  'echarts/lib/coord/calendar/prepareCustom.js': 'export default () => {};',
  'echarts/lib/coord/geo/prepareCustom.js': 'export default () => {};',
  'echarts/lib/coord/matrix/prepareCustom.js': 'export default () => {};',
  'echarts/lib/coord/polar/prepareCustom.js': 'export default () => {};',
  'echarts/lib/coord/single/prepareCustom.js': 'export default () => {};',
  'echarts/lib/i18n/langZH.js': 'export default {};',
  'echarts/lib/legacy/dataSelectAction.js':
    'export const createLegacyDataSelectAction = () => {}; export const handleLegacySelectEvents = () => {};',
  'echarts/lib/loading/default.js': 'export default () => {};',
  'echarts/lib/preprocessor/backwardCompat.js': 'export default () => {};',
  'echarts/lib/scale/Log.js': 'export default class {}',
  'echarts/lib/scale/Time.js': 'export default class {} export const calcNiceForTimeScale = () => {};',
  'echarts/lib/theme/dark.js': 'export default {};',
  'echarts/lib/util/decal.js': 'export const createOrUpdatePatternFromDecal = () => null;',
};

/** Leaves out of the bundle what is unused; that a newer ECharts has it elsewhere fails the build. */
function without(modules: Record<string, string>): Plugin {
  const left = new Set(Object.keys(modules));
  return {
    name: 'without',
    apply: 'build',
    load(id) {
      const name = id.split('/node_modules/').at(-1)!;
      left.delete(name);
      return modules[name];
    },
    buildEnd(error) {
      if (!error && left.size > 0) this.error(`nothing is left out by these names: ${[...left].join(', ')}`);
    },
  };
}

export default defineConfig({
  base: '/assets/',
  plugins: [without(UNUSED), compressed()],
  build: {
    target: 'es2022',
    assetsDir: '',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 10_000,
    sourcemap: false,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['overview.html', 'index.html', 'sign-in.html'], checks: { moduleLevelDirective: false } },
  },
  worker: { format: 'es' },
});
