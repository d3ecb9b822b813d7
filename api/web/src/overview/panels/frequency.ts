// How often people took part: the distribution that the habit is a part of.
import type { FrequencyQuery } from '../../gql/graphql';
import type { Content } from '../panel';
import { inside } from '../reference';
import type { Speech } from '../speech';
import { shares } from './shares';

type Figures = NonNullable<FrequencyQuery['figures']>;

export function frequency({ window, activityFrequency }: Figures, speech: Speech): Content | undefined {
  const { say } = speech;
  if (window.length === 'DAY' || !activityFrequency) return;
  const often = window.length === 'TWELVE_WEEKS' ? say.frequency.weeks : say.frequency.days;
  const named = activityFrequency.map(({ atLeast, share }) => ({
    name: often(atLeast),
    reference: inside('activityFrequency', (figures) => figures.activityFrequency?.[0]?.share, { often: [atLeast] }),
    share,
  }));
  return shares(say.columns.often, named, speech);
}
