import { segmentNames, segments } from '../../domain/segment.ts';
import type { TeamRules } from '../../domain/team-rules.ts';
import { count } from '../../domain/text.ts';
import { codesOnPage, type FormPlace, fieldsOf, teamPages } from './team-fields.ts';

const mostSaid = 3;

/** What one version changed about the one before, in words; the first few of it. */
export function sayChanges(before: TeamRules, after: TeamRules): string {
  const places = teamPages.flatMap((page): Pick<FormPlace, 'page' | 'segment'>[] =>
    codesOnPage[page]
      ? [{ page, segment: undefined }]
      : segments.map((segment) => ({ page, segment })),
  );
  const changes = places.flatMap((place) =>
    fieldsOf(place)
      .filter(({ get }) => get(before) !== get(after))
      .map(({ label, get }) => {
        const where = place.segment ? `${segmentNames[place.segment]} · ` : '';
        return `${where}${label}: ${get(before)} → ${get(after)}`;
      }),
  );
  const more = changes.length - mostSaid;
  const said = changes.slice(0, mostSaid).join('. ');
  return more > 0 ? `${said}. And ${count(more, 'number')} more.` : `${said}.`;
}
