// What the overview computes by itself: its files, its numbers, its windows, its addresses. `npm test`.
import assert from 'node:assert/strict';
import test from 'node:test';
import { csv } from '../src/overview/csv';
import { formatsIn } from '../src/overview/formats';
import { pairsOf } from '../src/overview/panels/pairs';
import { isDay, lastAlive, lastEnded, recent, windowAt, yesterday } from '../src/overview/period';
import { contextOf, fileName } from '../src/overview/scope';
import { allHidden, fileOf, shareFileCells, shareFileColumns } from '../src/overview/table';
import { searchOf, viewOf } from '../src/overview/view';
import { en } from '../src/overview/words.en';
import { fr } from '../src/overview/words.fr';

test('a file begins with the mark of UTF-8, and a cell is quoted where it must be', () => {
  assert.equal(csv([['Service', 'n'], ['R&D, "Lyon"', 46], ['a\nb', null]]), '\ufeffService,n\r\n"R&D, ""Lyon""",46\r\n"a\nb",\r\n');
});

test('text that a spreadsheet would carry out is kept text, and a negative number a number', () => {
  const taken = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'];
  assert.equal(csv([taken]), `\ufeff'=1+1,'+1,'-1,'@SUM(A1),'\tx,"'\rx"\r\n`);
  assert.equal(csv([[-0.18, 'a=b']]), '\ufeff-0.18,a=b\r\n');
});

test('numbers are written as each language writes them', () => {
  const [en, fr] = [formatsIn('en'), formatsIn('fr')];
  assert.deepEqual([en.percent(0.5789), fr.percent(0.5789)], ['57.9%', '57,9\u00a0%']);
  assert.deepEqual([en.whole(12345), fr.whole(12345)], ['12,345', '12\u202f345']);
  assert.deepEqual([en.percents(0.1, 0.25), fr.percents(0.1, 0.25)], ['10.0–25.0%', '10,0 à 25,0\u00a0%']);
  assert.deepEqual([en.index(-0.18), fr.index(0.0094)], ['−0.18', '0,0094']);
});

test('between what a number lies is written as short as it can be', () => {
  const [en, fr] = [formatsIn('en'), formatsIn('fr')];
  assert.deepEqual([en.roundPercents(0.11, 0.556), fr.roundPercents(0.11, 0.556)], ['11–56%', '11 à 56\u00a0%']);
  assert.deepEqual([en.indices(0.37, 0.42), fr.indices(-0.18, 0.42)], ['0.37–0.42', '−0,18 à 0,42']);
  assert.deepEqual([en.durations(864_000, 1_036_800), fr.durations(864_000, null)], ['10\u00a0days–12\u00a0days', '≥\u00a010\u00a0jours']);
});

test('differences of shares are points, with the plural that goes with them', () => {
  const [en, fr] = [formatsIn('en'), formatsIn('fr')];
  assert.deepEqual([0.021, 0.01, -0.018, 0.0004].map(en.points), ['+2.1\u00a0points', '+1.0\u00a0point', '−1.8\u00a0points', '0.0\u00a0points']);
  assert.deepEqual([0.021, 0.01, -0.018, 0.0004].map(fr.points), ['+2,1\u00a0points', '+1,0\u00a0point', '−1,8\u00a0point', '0,0\u00a0point']);
});

test('durations are told to the precision that they are read with', () => {
  const { duration } = formatsIn('fr');
  assert.deepEqual([600, 3600, 12_240, 86_400, 604_800, 216_000].map(duration), ['10\u00a0min', '1\u00a0h', '3,4\u00a0h', '24\u00a0h', '7\u00a0jours', '2,5\u00a0jours']);
});

test('windows divide time from the first Monday of 2001 on, before it too', () => {
  assert.deepEqual(windowAt('2001-01-01', 'FOUR_WEEKS'), { first: '2001-01-01', last: '2001-01-28' });
  assert.deepEqual(windowAt('2000-12-31', 'WEEK'), { first: '2000-12-25', last: '2000-12-31' });
  assert.deepEqual(windowAt('2026-11-26', 'FOUR_WEEKS'), { first: '2026-11-02', last: '2026-11-29' });
  assert.deepEqual(windowAt('2026-11-26', 'DAY'), { first: '2026-11-26', last: '2026-11-26' });
});

test('what is shown first is a window that is over', () => {
  assert.deepEqual(lastEnded('2026-11-25', 'FOUR_WEEKS'), { first: '2026-10-05', last: '2026-11-01' });
  assert.deepEqual(lastEnded('2026-11-29', 'FOUR_WEEKS'), { first: '2026-11-02', last: '2026-11-29' });
  assert.deepEqual(recent('2026-11-25', 'WEEK', 2).map(({ first }) => first), ['2026-11-23', '2026-11-16']);
});

test('where nothing was done lately, what is shown first is a window in which something was', () => {
  assert.deepEqual(lastAlive('2026-11-25', '2026-09-30', 'FOUR_WEEKS'), { first: '2026-09-07', last: '2026-10-04' });
  assert.deepEqual(lastAlive('2026-11-25', '2026-11-25', 'FOUR_WEEKS'), { first: '2026-10-05', last: '2026-11-01' });
});

test('yesterday is the organisation’s, not the browser’s', () => {
  const late = new Date('2026-11-25T23:30:00Z');
  assert.equal(yesterday('Europe/Paris', late), '2026-11-25');
  assert.equal(yesterday('America/Montreal', late), '2026-11-24');
});

test('a day is one of the calendar', () => {
  assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-3', ''].map(isDay), [true, false, false, false]);
});

test('an address holds a view, and says nothing of what is as by default', () => {
  const search = '?length=week&on=2026-11-20&department=abc&below=no&chart=restated&as-of=2026-11-22&compare=no&lang=fr';
  assert.equal(searchOf(viewOf(search)), search);
  assert.equal(searchOf(viewOf('')), '');
});

test('an address that says something wrong shows what is as by default', () => {
  assert.deepEqual(viewOf('?length=year&on=yesterday&chart=pie&as-of=2026-13-01&lang=de'), viewOf(''));
});

const told = {
  key: '',
  scope: { window: { length: 'WEEK', on: '2026-11-16' }, department: 'abc', subtree: true, chart: 'AS_WAS', asOf: null },
  organisation: 'Alizé SA',
  group: 'R&D / Études',
  window: { first: '2026-11-16', last: '2026-11-22' },
  anonymous: false,
};

test('the name of a file says the panel, the group and the window, in letters that any disk takes', () => {
  assert.equal(fileName('flow', told, 'csv'), 'passerelle_flow_r-d-etudes_2026-11-16_2026-11-22.csv');
  const everybody = { ...told, scope: { ...told.scope, department: null, asOf: '2026-11-25' } };
  assert.equal(fileName('flow', everybody, 'png'), 'passerelle_flow_alize-sa_2026-11-16_2026-11-22_as-of-2026-11-25.png');
  const alone = { ...told, scope: { ...told.scope, subtree: false } };
  assert.equal(fileName('flow', alone, 'csv'), 'passerelle_flow_r-d-etudes_alone_2026-11-16_2026-11-22.csv');
});

test('each row of a file says of whom, of when and by which chart it is, and that ids stand for nobody', () => {
  const speech = { language: 'en', say: en, format: formatsIn('en') };
  const context = contextOf(told, '2026-11-26', speech);
  assert.deepEqual(context.map(([, raw]) => raw), ['Alizé SA', 'R&D / Études', 'yes', '2026-11-16', '2026-11-22', 'As it was', null, '2026-11-26']);
  assert.deepEqual(contextOf({ ...told, anonymous: true }, '2026-11-26', speech).at(-1), ['Anonymous', en.anonymous]);
});

test('what a share lies between stands in columns of its own, as numbers', () => {
  const speech = { language: 'en', say: en, format: formatsIn('en') };
  const banded = { value: null, numerator: null, denominator: null, interval: null, band: { lower: 0.1, upper: 0.25 }, suppressed: null };
  const text = fileOf({ columns: shareFileColumns(speech), rows: [shareFileCells(banded, speech)] }, [['Group', '=1+1']]);
  assert.equal(text.split('\r\n')[1], ",,,,,0.1,0.25,'=1+1");
  const hidden = { ...banded, band: null, suppressed: 'TOO_FEW_PEOPLE' };
  assert.deepEqual(shareFileCells(hidden, speech).map(({ raw }) => raw), ['Hidden: too few people', null, null, null, null, null, null]);
});

test('all pairs of a department of few people are hidden, whether anything is told of them or not', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, name: id }));
  const cells = [{ source: a, receiver: b, acts: 12, suppressed: null }];
  const hidden = (row, column, suppressed) => ({ row, column, acts: null, suppressed });
  const told = { departments: [a, b, c], small: [{ id: 'c' }], cells, suppressed: null };
  const few = [[0, 2], [1, 2], [2, 0], [2, 1], [2, 2]].map(([row, column]) => hidden(row, column, 'TOO_FEW_PEOPLE'));
  assert.deepEqual(pairsOf(told), [{ row: 0, column: 1, acts: 12, suppressed: null }, ...few]);
  const untold = { ...told, departments: [a, b], small: [], cells: [], suppressed: 'NOT_IN_GRID' };
  assert.deepEqual(pairsOf(untold).map(({ suppressed }) => suppressed), Array(4).fill('NOT_IN_GRID'));
});

test('why all of some figures is hidden is said once, and not where one is shown', () => {
  const few = { suppressed: 'TOO_FEW_PEOPLE' };
  assert.deepEqual(allHidden([few, few, { suppressed: 'WINDOW_OPEN' }]), ['TOO_FEW_PEOPLE', 'WINDOW_OPEN']);
  assert.deepEqual(allHidden([few, { suppressed: null }]), []);
  assert.deepEqual(allHidden([]), []);
});

test('each reason is told in both languages, at length and in a few words', () => {
  for (const say of [en, fr]) {
    assert.deepEqual(Object.keys(say.brief), Object.keys(say.suppressed));
    for (const [why, words] of Object.entries(say.brief)) assert.ok(words.length <= 32 && words.length <= say.suppressed[why].length, words);
  }
});
