// From an account to a habit, step by step.
import type { OnboardingQuery } from '../../gql/graphql';
import type { Content } from '../panel';
import { inside } from '../reference';
import type { Speech } from '../speech';
import { shares } from './shares';

type Figures = NonNullable<OnboardingQuery['figures']>;

export function onboarding({ onboarding: steps }: Figures, speech: Speech): Content | undefined {
  const { say, format } = speech;
  if (steps.length === 0) return;
  const named = steps.map(({ step, share }, at) => {
    const before = steps[at - 1]?.share.value;
    return {
      name: say.onboarding.steps[step],
      reference: inside('onboarding', (figures) => figures.onboarding?.[at]?.share),
      share,
      remark: share.value !== null && before ? say.onboarding.ofBefore(format.roundPercent(share.value / before)) : undefined,
    };
  });
  return shares(say.columns.step, named, speech);
}
