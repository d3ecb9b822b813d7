// Which pairs of departments there is anything to tell of, or to hide.
import type { FlowQuery, Suppression } from '../../gql/graphql';

type Matrix = NonNullable<NonNullable<FlowQuery['figures']>['flow']>;

export interface Pair {
  row: number;
  column: number;
  acts: number | null;
  suppressed: Suppression | null;
}

/** All pairs of which something is told, row by row. Between others nothing passed. */
export function pairsOf({ departments, small, cells, suppressed }: Pick<Matrix, 'departments' | 'small' | 'cells' | 'suppressed'>): Pair[] {
  const of = (source: string | undefined, receiver: string | undefined) => `${source} ${receiver}`;
  const told = new Map(cells.map((cell) => [of(cell.source?.id, cell.receiver?.id), cell]));
  const few = new Set(small.map(({ id }) => id));
  return departments.flatMap((source, row) =>
    departments.flatMap((receiver, column): Pair[] => {
      const cell = told.get(of(source.id, receiver.id));
      if (cell) return [{ row, column, acts: cell.acts, suppressed: cell.suppressed }];
      // Of departments of so few people it is not even told whether something passed.
      const why = suppressed ?? (few.has(source.id) || few.has(receiver.id) ? 'TOO_FEW_PEOPLE' : null);
      return why ? [{ row, column, acts: null, suppressed: why }] : [];
    }),
  );
}
