import { businessDaysAfter, dayIn, parseDay, workCalendar } from '../../domain/calendar.ts';
import type { PracticeId } from '../../domain/ids.ts';
import { followUpSubject } from '../../domain/nudge.ts';
import type { Person } from '../../domain/person.ts';
import { type Practice, selfRatings } from '../../domain/practice.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { cleanLine, shorten } from '../../domain/text.ts';
import { insertCommitment, listCommitments } from '../../store/commitments.ts';
import { firstSeen } from '../../store/inbox.ts';
import { answerElsewhere } from '../../store/nudge-refresh.ts';
import { changePractice } from '../../store/practices.ts';
import type { Tx } from '../../store/store.ts';
import { nameObserver } from './observed-call.ts';
import { reachPractice } from './reach.ts';
import type { PracticeDeps } from './try-practice.ts';

/** Who watches whom, and by when. */
export interface WatchForm {
  readonly formId: string;
  readonly way: 'watched' | 'shadow';
  readonly person: Person | undefined;
  readonly dueOn: string | undefined;
}

/** Names who watches, or whom they watch; the same `formId` twice does it once. */
export async function arrangeWatch(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
  form: WatchForm,
): Promise<Practice | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const practice = await reachPractice(tx, actor, id);
    if (isRefusal(practice)) return practice;
    if (practice.state !== 'active') {
      return refuse('not_active', 'You work on something else now. /deal practice shows it.');
    }
    const { person } = form;
    const no = (message: string) => refuse('no_person', message, 'person');
    if (!person) return no('Pick a colleague.');
    if (person.id === actor.id) return no('That is you. Pick a colleague.');
    if (!person.active || person.standing !== 'member') {
      return no(`${person.name} cannot be asked here. Pick a full member.`);
    }
    const dueOn = parseDay(form.dueOn ?? '');
    if (!dueOn) return refuse('no_day', 'Pick a day.', 'due_on');
    if (!(await firstSeen(tx, actor.workspaceId, `form:${form.formId}`, now))) return practice;
    if (form.way === 'watched') {
      await nameObserver(tx, practice, { observerId: person.id, dueOn, now });
      const said = { answer: 'changed', by: actor.id, at: now, nextCheckOn: undefined } as const;
      await answerElsewhere(tx, practice, followUpSubject('promise_try', id), said);
    } else {
      const { workspaceId, personId, reviewId, behaviour: what } = practice;
      await insertCommitment(tx, {
        ...{ workspaceId, personId, reviewId, what, dueOn, createdAt: now },
        ...{ practiceId: id, kind: 'shadow', observerId: person.id },
      });
    }
    return practice;
  });
}

/** When and where, and a link; a link is a promise to learn from it (METHOD S3-16). */
export async function editPractice(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
  form: { readonly occasion: string | undefined; readonly link: string | undefined },
): Promise<Practice | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const practice = await reachPractice(tx, actor, id);
    if (isRefusal(practice)) return practice;
    const link = cleanLine(form.link ?? '') || undefined;
    if (link && !/^https?:\/\/[^\s<>|]{4,500}$/.test(link)) {
      return refuse('no_link', 'A link begins with https:// and has no blanks.', 'link');
    }
    const occasion = shorten(cleanLine(form.occasion ?? ''), 200) || undefined;
    await changePractice(tx, practice, { occasion, link });
    if (link && link !== practice.link) await promiseToLearn(tx, actor, practice, link, now, deps);
    return { ...practice, occasion, link };
  });
}

const learnBd = 10;

async function promiseToLearn(
  tx: Tx,
  actor: Person,
  { workspaceId, personId, reviewId, id: practiceId }: Practice,
  link: string,
  now: Date,
  { calendars }: Pick<PracticeDeps, 'calendars'>,
): Promise<void> {
  const promised = await listCommitments(tx, workspaceId, [personId]);
  if (promised.some(({ kind, what }) => kind === 'learn' && what === link)) return;
  const calendar = workCalendar(actor, calendars);
  const dueOn = businessDaysAfter(dayIn(now, actor.zone), learnBd, calendar);
  await insertCommitment(tx, {
    ...{ workspaceId, personId, reviewId, practiceId, dueOn, createdAt: now },
    ...{ kind: 'learn', what: link, observerId: undefined },
  });
}

/** How they find it themselves; for them and their manager alone (METHOD S4-19). */
export async function ratePractice(
  deps: PracticeDeps,
  actor: Person,
  id: PracticeId,
  place: string,
): Promise<Practice | Refusal> {
  return deps.store.transaction(async (tx) => {
    const practice = await reachPractice(tx, actor, id);
    if (isRefusal(practice)) return practice;
    const selfRating = selfRatings.findIndex((_, at) => String(at) === place);
    if (selfRating < 0) return practice;
    await changePractice(tx, practice, { selfRating });
    return { ...practice, selfRating };
  });
}
