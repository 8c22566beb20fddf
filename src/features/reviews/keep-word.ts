import type { Deps } from '../../deps.ts';
import { type Day, dayIn, parseDay } from '../../domain/calendar.ts';
import { newId, type ReviewEntryId } from '../../domain/ids.ts';
import type { Person } from '../../domain/person.ts';
import { type ReviewPrompt, reasonOfPrompt } from '../../domain/prompts.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import type { ReviewEntry, ReviewEntryKind } from '../../domain/review.ts';
import { entryKeyOf, isUnderWay, mayWaive } from '../../domain/review-flow.ts';
import { stripUnseen } from '../../domain/text.ts';
import { saveReviewEntry } from '../../store/review-entries.ts';
import { findReview } from '../../store/reviews.ts';
import type { Tx } from '../../store/store.ts';
import { carryOn, type TalkTime } from './carry-on.ts';
import type { TalkHands } from './hands.ts';
import { type KnownReview, loadReview } from './known-review.ts';
import { isInside, reachPrompt, reachTalk, sayRest } from './reach-prompt.ts';
import { talkChanged } from './talk-changed.ts';
import type { PromptAddress } from './talk-ids.ts';

/** What every use case of a talk needs. */
export interface TalkDeps extends Deps {
  readonly time: TalkTime;
  readonly hands: TalkHands;
}

/** What somebody wrote in the form of a prompt; every text as it was typed. */
export interface WordsForm {
  readonly text: string | undefined;
  readonly change: string | undefined;
  readonly dueOn: string | undefined;
}

const longest = 1000;

/**
 * Keeps somebody's own answer to a prompt; a later one takes its place. The owner's answer to the
 * question of a reason turns it, the reviewer's is a view, and the manager's lever becomes a promise.
 */
export async function answerPrompt(
  deps: TalkDeps,
  actor: Person,
  address: PromptAddress,
  form: WordsForm,
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const text = readWords(form.text, 'text', 'Your answer');
  if (isRefusal(text)) return text;
  return deps.store.transaction(async (tx) => {
    const reached = await reachPrompt(tx, actor, address);
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    if (prompt.form !== 'words' && prompt.form !== 'opinion') return wrongForm;
    const lever = isLever(actor, prompt, known)
      ? readLever(form, dayIn(now, actor.zone))
      : undefined;
    if (isRefusal(lever)) return lever;
    const kind = kindOf(prompt);
    const choices: Record<string, string> = lever ? { change: lever.change } : {};
    await keep(tx, known, actor, { kind, prompt, text, choices, now });
    if (lever) {
      const { workspaceId, id: reviewId } = known.review;
      const promise = { workspaceId, reviewId, personId: actor.id, now };
      await deps.hands.startSystemChange(tx, {
        ...promise,
        what: lever.change,
        dueOn: lever.dueOn,
      });
    }
    return follow(tx, known, prompt, { ...deps.time, now });
  });
}

/** Passes with a word why; a reason nobody can learn more from is waived by the manager alone. */
export async function passPrompt(
  deps: TalkDeps,
  actor: Person,
  address: PromptAddress,
  said: { readonly kind: 'pass' | 'waive'; readonly why: string | undefined },
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const text = readWords(said.why, 'why', 'A word why');
  if (isRefusal(text)) return text;
  return deps.store.transaction(async (tx) => {
    const reached =
      said.kind === 'waive'
        ? await reachWaivable(tx, actor, address)
        : await reachPrompt(tx, actor, address);
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    if (said.kind === 'pass' && (prompt.form !== 'words' || reasonOfPrompt(prompt.key))) {
      return refuse(
        'no_pass',
        'That one is answered, or waived by the manager with a note.',
        'why',
      );
    }
    const kind = said.kind === 'waive' ? 'waived' : 'pass';
    await keep(tx, known, actor, { kind, prompt, text, choices: {}, now });
    return follow(tx, known, prompt, { ...deps.time, now });
  });
}

const wrongForm = refuse('wrong_form', 'That question has a form of its own. Open it again.');

/** The manager, or where nobody is above the owner, the facilitator or an admin. */
export async function reachWaivable(
  tx: Tx,
  actor: Person,
  address: PromptAddress,
): Promise<{ known: KnownReview; prompt: ReviewPrompt } | Refusal> {
  const known = await reachTalk(tx, actor, address.reviewId);
  if (isRefusal(known)) return known;
  const { review } = known;
  const prompt = known.prompts.find(({ key }) => key === address.promptKey);
  if (!prompt || !reasonOfPrompt(prompt.key) || !mayWaive(actor, review)) {
    return refuse(
      'not_yours',
      'Only the owner’s manager can leave a reason as it is, with a note.',
    );
  }
  return isUnderWay(review) ? { known, prompt } : refuse('not_now', sayRest(review));
}

function kindOf(prompt: ReviewPrompt): ReviewEntryKind {
  if (prompt.form === 'opinion') return 'opinion';
  return reasonOfPrompt(prompt.key) ? 'turned' : 'answer';
}

/** Whether somebody's word on how the team is set up is a promise of theirs. */
export function isLever(actor: Person, { who }: ReviewPrompt, { review }: KnownReview): boolean {
  return who === 'manager_first' && actor.id === (review.managerId ?? review.ownerId);
}

function readLever(form: WordsForm, today: Day): { change: string; dueOn: Day } | Refusal {
  const change = readWords(form.change, 'change', 'What you will change', 200);
  if (isRefusal(change)) return change;
  const dueOn = parseDay(form.dueOn ?? '');
  if (!dueOn || dueOn < today) return refuse('no_day', 'Pick a day from today on.', 'due_on');
  return { change, dueOn };
}

export function readWords(
  typed: string | undefined,
  field: string,
  what: string,
  max = longest,
): string | Refusal {
  const text = stripUnseen(typed ?? '').trim();
  if (text === '') return refuse('empty', `${what} is missing.`, field);
  if (text.length <= max) return text;
  return refuse(
    'too_long',
    `${what} has ${text.length} characters. Please keep it to ${max}.`,
    field,
  );
}

/** Keeps one word; at level 1 only what its author may let go later, and the manager's lever. */
export async function keep(
  tx: Tx,
  known: KnownReview,
  actor: Person,
  said: {
    readonly kind: ReviewEntryKind;
    readonly prompt: ReviewPrompt;
    readonly text: string | undefined;
    readonly choices: ReviewEntry['choices'];
    readonly now: Date;
  },
): Promise<void> {
  const { review } = known;
  const promptKey = entryKeyOf(said.prompt.key);
  const before = known.entries.find(
    (entry) => entry.promptKey === promptKey && entry.authorId === actor.id,
  );
  const alone = review.state === 'level1' && isInside(actor, review);
  await saveReviewEntry(tx, review.workspaceId, {
    id: before?.id ?? newId<ReviewEntryId>(said.now),
    reviewId: review.id,
    kind: said.kind,
    promptKey,
    authorId: actor.id,
    text: said.text,
    choices: said.choices,
    shared: before?.shared ?? (!alone || said.prompt.key === 'system'),
    at: said.now,
  });
}

/** What stands about the review follows, and it goes on if it can. */
export async function follow(
  tx: Tx,
  known: KnownReview,
  prompt: Pick<ReviewPrompt, 'key' | 'form'>,
  moment: TalkTime & { readonly now: Date },
): Promise<KnownReview> {
  const related = prompt.form === 'opinion' ? ['explore'] : [];
  await talkChanged(tx, known.review, [prompt.key, ...related], moment.now);
  await carryOn(tx, known.review, moment);
  const fresh = await findReview(tx, known.review.workspaceId, known.review.id);
  return loadReview(tx, fresh ?? known.review);
}
