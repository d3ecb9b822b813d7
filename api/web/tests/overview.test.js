// What the overview computes by itself: its files, its numbers, its windows, its addresses. `npm test`.
import assert from 'node:assert/strict';
import test from 'node:test';
import { csv } from '../src/overview/csv';
import { formatsIn } from '../src/overview/formats';
import { isDay, lastAlive, lastEnded, recent, windowAt, yesterday } from '../src/overview/period';
import { searchOf, viewOf } from '../src/overview/view';

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
