import { dayIn } from '../../domain/calendar.ts';
import type { ReviewEntryId, ReviewId } from '../../domain/ids.ts';
import { skills } from '../../domain/loss-reasons.ts';
import { codeOf } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { entriesOn } from '../../domain/review-flow.ts';
import { isWorstAdvice } from '../../domain/worst-advice.ts';
import { saveVerdict } from '../../store/review-entries.ts';
import { verdicts } from './explore-modal.ts';
import { follow, keep, readWords, type TalkDeps } from './keep-word.ts';
import { type KnownReview, nameOf } from './known-review.ts';
import { reachPrompt } from './reach-prompt.ts';

/** What somebody chooses to work on; every text as it was typed. */
export interface ThingForm {
  readonly skill: string | undefined;
  readonly behaviour: string | undefined;
  readonly occasion: string | undefined;
  readonly watch: 'observed_call' | 'shadow' | undefined;
  readonly person: Person | undefined;
  /** The one question about cheap advice was put to them: what they send now is their answer. */
  readonly asked: boolean;
}

/** What was chosen and whether it waits behind what its owner works on already, or a question first. */
export type ChosenResult =
  | { readonly do: 'chosen'; readonly known: KnownReview; readonly queued: boolean }
  | { readonly do: 'ask'; readonly prompt: string };

/**
 * The owner chooses one thing to work on, once a review (METHOD §3.3, 13, 14, 15). To be cheaper or
 * to copy somebody comes back once, with a question (METHOD S4-14). The same form again changes
 * nothing.
 */
export async function chooseThing(
  deps: TalkDeps,
  actor: Person,
  reviewId: ReviewId,
  form: ThingForm,
): Promise<ChosenResult | Refusal> {
  const now = deps.clock.now();
  const read = readThing(form, actor);
  if (isRefusal(read)) return read;
  return deps.store.transaction(async (tx) => {
    const reached = await reachPrompt(tx, actor, { reviewId, promptKey: 'one_thing' });
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    const { review } = known;
    if (actor.id !== review.ownerId) {
      return refuse(
        'not_yours',
        `What ${nameOf(known, review.ownerId)} works on is theirs to choose.`,
      );
    }
    const chosen = chosenAlready(known, actor);
    if (chosen === 'same') return { do: 'chosen', known, queued: false };
    if (isRefusal(chosen)) return chosen;
    if (!form.asked && isWorstAdvice(read.behaviour)) return { do: 'ask', prompt: prompt.text };
    const practice = await deps.hands.startPractice(tx, {
      workspaceId: review.workspaceId,
      reviewId,
      personId: actor.id,
      ...read,
      today: dayIn(now, actor.zone),
      now,
      calendar: { ...deps.time.calendar, workDays: actor.workDays },
    });
    const choices = { skill: read.skill };
    const text = read.occasion ? `${read.behaviour} (${read.occasion})` : read.behaviour;
    await keep(tx, known, actor, { kind: 'answer', prompt, text, choices, now });
    const after = await follow(tx, known, prompt, { ...deps.time, now });
    return { do: 'chosen', known: after, queued: practice?.state === 'queued' };
  });
}

/** Nothing is to change, and why: the owner or the manager may say so. */
export async function chooseNothing(
  deps: TalkDeps,
  actor: Person,
  reviewId: ReviewId,
  why: string | undefined,
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const text = readWords(why, 'why', 'Why', 300);
  if (isRefusal(text)) return text;
  return deps.store.transaction(async (tx) => {
    const reached = await reachPrompt(tx, actor, { reviewId, promptKey: 'one_thing' });
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    const chosen = chosenAlready(known, actor);
    if (chosen === 'same') return known;
    if (isRefusal(chosen)) return chosen;
    const choices = { nothing: 'yes' };
    await keep(tx, known, actor, { kind: 'answer', prompt, text, choices, now });
    return follow(tx, known, prompt, { ...deps.time, now });
  });
}

function chosenAlready(known: KnownReview, actor: Person): 'same' | Refusal | undefined {
  const [before] = entriesOn(known, 'one_thing');
  if (!before) return undefined;
  if (before.authorId === actor.id) return 'same';
  return refuse('chosen', `${nameOf(known, before.authorId)} has said already what comes of it.`);
}

function readThing(form: ThingForm, actor: Person) {
  const skill = skills.find((known) => known === form.skill);
  if (!skill) return refuse('no_skill', 'Pick the skill.', 'skill');
  const behaviour = readWords(form.behaviour, 'behaviour', 'The behaviour', 200);
  if (isRefusal(behaviour)) return behaviour;
  const occasion = readWords(form.occasion, 'occasion', 'When and where', 200);
  if (isRefusal(occasion)) return occasion;
  const { watch, person } = form;
  if (!watch && !person) return { skill, behaviour, occasion };
  if (!watch) return refuse('no_watch', 'Say who watches whom, or leave both empty.', 'watch');
  if (!person) return refuse('no_person', 'Pick the colleague.', 'person');
  if (person.id === actor.id) return refuse('self', 'That is you. Pick a colleague.', 'person');
  if (!person.active || person.standing !== 'member') {
    return refuse('not_here', `${person.name} cannot be asked here. Pick a full member.`, 'person');
  }
  const beside = watch === 'shadow' ? { shadowId: person.id } : { observerId: person.id };
  return { skill, behaviour, occasion, ...beside };
}

/** The owner adopts a view or parks it, with one line (METHOD S3-12). */
export async function exploreView(
  deps: TalkDeps,
  actor: Person,
  input: {
    readonly reviewId: ReviewId;
    readonly entryId: ReviewEntryId;
    readonly verdict: string | undefined;
    readonly note: string | undefined;
  },
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const verdict = codeOf(verdicts, input.verdict);
  if (!verdict) return refuse('no_verdict', 'Adopt it or park it.', 'verdict');
  const verdictNote = readWords(input.note, 'note', 'One line', 200);
  if (isRefusal(verdictNote)) return verdictNote;
  return deps.store.transaction(async (tx) => {
    const { reviewId } = input;
    const reached = await reachPrompt(tx, actor, { reviewId, promptKey: 'explore' });
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    const opinion = known.entries.find(
      ({ id, kind }) => id === input.entryId && kind === 'opinion',
    );
    if (!opinion) return refuse('no_view', 'That view is not here any more. Open it again.');
    await saveVerdict(tx, opinion, { verdict, verdictNote });
    return follow(
      tx,
      known,
      { ...prompt, form: 'opinion', key: 'outside_eye' },
      { ...deps.time, now },
    );
  });
}
