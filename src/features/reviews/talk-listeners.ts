import type { ListenerDeps } from '../../deps.ts';
import { dealTitle } from '../../domain/deal.ts';
import type { DealId, ReviewId } from '../../domain/ids.ts';
import { sayOutcome } from '../../domain/loss.ts';
import { findReason } from '../../domain/loss-reasons.ts';
import { labelOf, whyClasses } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { winnableKey } from '../../domain/prompts.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Modal } from '../../slack/blocks.ts';
import { followUpIds } from '../../slack/follow-up-actions.ts';
import { type Click, onClick, onSubmit } from '../../slack/listen.ts';
import type { Call, Reply, Subcommand } from '../../slack/subcommand.ts';
import { noticeModal } from '../../slack/words.ts';
import type { Tx } from '../../store/store.ts';
import { breathe } from './breathe.ts';
import { isPrivate, type TalkTime } from './carry-on.ts';
import { castVote, tapClose } from './cast-vote.ts';
import { chooseNothing, chooseThing, exploreView } from './choose-thing.ts';
import { exploreModalIds, readExploreModal } from './explore-modal.ts';
import type { TalkHands } from './hands.ts';
import { answerPrompt, passPrompt, type TalkDeps } from './keep-word.ts';
import { nameReviewer } from './name-reviewer.ts';
import { buildOneThingModal, oneThingModalIds, readOneThingModal } from './one-thing-modal.ts';
import { passModalIds, readPassModal } from './pass-modal.ts';
import { passForm, promptForm, waitingForm } from './prompt-forms.ts';
import { buildReleaseModal, readReleaseModal, releaseModalIds } from './release-modal.ts';
import { letGo, ownWords, reachReleasable } from './release-review.ts';
import { reviewerForm } from './reviewer-form.ts';
import { readReviewerModal, reviewerModalIds } from './reviewer-modal.ts';
import { offerInModal } from './reword-offer.ts';
import { reviewOfDeal, stateForm } from './show-review.ts';
import { readPromptValue, talkIds } from './talk-ids.ts';
import { buildTallyModal } from './tally-modal.ts';
import { readVoteModal, voteModalIds } from './vote-modal.ts';
import { readWordsModal, wordsModalIds } from './words-modal.ts';

type Deps = ListenerDeps & TalkDeps;

/** The form `/deal review` opens for a deal that ended. */
export function reviewFormFor(
  { store, clock }: ListenerDeps,
  time: TalkTime,
): (actor: Person, dealId: DealId) => Promise<Modal | Refusal> {
  return (actor, dealId) => store.read((tx) => reviewOfDeal(tx, actor, dealId, { clock, time }));
}

/** The word of `/deal` that shows how a review stands; which deal is meant others find. */
export function reviewSubcommands(findDeal: (call: Call) => Promise<Reply>): Subcommand[] {
  return [
    {
      word: 'review',
      does: 'shows how the talk about a deal that ended stands',
      usage: '/deal review Acme',
      needs: 'nothing',
      run: findDeal,
    },
  ];
}

/** The talk about a deal that ended: prompts, votes, views, and what comes of it. */
export function registerTalk(around: ListenerDeps, hands: TalkHands, time: TalkTime): void {
  const deps: Deps = { ...around, hands, time };
  registerForms(deps);
  registerWords(deps);
  registerChoices(deps);
  registerTaps(deps);
}

/** Opens a form on top of the modal that was clicked in, or as the first one. */
async function open(
  { store, gateway }: Deps,
  { triggerId, view: under }: Click,
  build: (tx: Tx) => Promise<Modal | Refusal>,
): Promise<Refusal | undefined> {
  const view = await store.read(build);
  if (isRefusal(view)) return view;
  if (under) await gateway.pushView({ triggerId, view });
  else await gateway.openView({ triggerId, view });
  return undefined;
}

function registerForms(deps: Deps): void {
  onClick(deps, talkIds.answer, (click) =>
    open(deps, click, (tx) => promptForm(tx, click.actor, readPromptValue(click.value), deps)),
  );
  onClick(deps, followUpIds.answerReview, (click) =>
    open(deps, click, (tx) => waitingForm(tx, click.actor, click.value as ReviewId, deps)),
  );
  for (const [id, kind] of [
    [talkIds.pass, 'pass'],
    [talkIds.waive, 'waive'],
    [talkIds.nothing, 'nothing'],
  ] as const) {
    onClick(deps, id, (click) =>
      open(deps, click, (tx) => passForm(tx, click.actor, readPromptValue(click.value), kind)),
    );
  }
  onClick(deps, talkIds.open, (click) =>
    open(deps, click, (tx) => stateForm(tx, click.actor, click.value as ReviewId, deps)),
  );
  onClick(deps, talkIds.release, (click) =>
    open(deps, click, (tx) => releaseForm(tx, click.actor, click.value as ReviewId)),
  );
  onClick(deps, talkIds.nameReviewer, (click) =>
    open(deps, click, (tx) => reviewerForm(tx, click.actor, click.value as ReviewId)),
  );
}

async function releaseForm(tx: Tx, actor: Person, id: ReviewId): Promise<Modal | Refusal> {
  const known = await reachReleasable(tx, actor, id);
  if (isRefusal(known)) return known;
  const { review, entries, loss, deal } = known;
  const form = [
    loss?.outcome && `How it ended: ${sayOutcome(loss.outcome)}`,
    loss?.whyClass && `Box: ${labelOf(whyClasses, loss.whyClass)}`,
    loss?.reasonCode && `Reason: ${findReason(loss.reasonCode)?.label ?? loss.reasonCode}`,
    loss?.ownWords && `In one line: ${loss.ownWords}`,
  ].filter((line): line is string => Boolean(line));
  return buildReleaseModal({
    reviewId: id,
    title: dealTitle(deal),
    form,
    own: ownWords(review, entries),
    restricted: isPrivate(known),
  });
}

function registerWords(deps: Deps): void {
  onSubmit(deps, wordsModalIds.view, async ({ actor, ...sent }) => {
    const { address, ...form } = readWordsModal(sent);
    const known = await answerPrompt(deps, actor, address, form);
    return isRefusal(known) ? known : offerInModal(deps, actor, known, form.text);
  });
  onSubmit(deps, passModalIds.view, async ({ actor, ...sent }) => {
    const { address, kind, why } = readPassModal(sent);
    const kept =
      kind === 'nothing'
        ? await chooseNothing(deps, actor, address.reviewId, why)
        : await passPrompt(deps, actor, address, { kind, why });
    return isRefusal(kept) ? kept : offerInModal(deps, actor, kept, why);
  });
}

function registerChoices(deps: Deps): void {
  onSubmit(deps, voteModalIds.view, async ({ actor, ...sent }) => {
    const { address, ...form } = readVoteModal(sent);
    const known = await castVote(deps, actor, address, form);
    if (isRefusal(known)) return known;
    if (address.promptKey === winnableKey) return { do: 'close' };
    return { do: 'show', modal: buildTallyModal(known, address.promptKey, actor) };
  });
  onSubmit(deps, exploreModalIds.view, async ({ actor, ...sent }) => {
    const said = readExploreModal(sent);
    const known = await exploreView(deps, actor, said);
    return isRefusal(known) ? known : offerInModal(deps, actor, known, said.note);
  });
  onSubmit(deps, oneThingModalIds.view, async ({ actor, ...sent }) => {
    const { reviewId, userId, ...form } = readOneThingModal(sent);
    const person = await who(deps, userId);
    const chosen = await chooseThing(deps, actor, reviewId, { ...form, person });
    if (isRefusal(chosen)) return chosen;
    if (chosen.do === 'ask') {
      const given = { reviewId, question: chosen.prompt, asked: true };
      return { do: 'show', modal: buildOneThingModal(given, { ...form, userId }) };
    }
    if (!chosen.queued) return { do: 'close' };
    return {
      do: 'show',
      modal: noticeModal('Noted. You work on something already, so this one waits its turn.'),
    };
  });
  onSubmit(deps, reviewerModalIds.view, async ({ actor, ...sent }) => {
    const { reviewId, userId } = readReviewerModal(sent);
    const named = await nameReviewer(deps, actor, { reviewId, person: await who(deps, userId) });
    if (isRefusal(named)) return named;
    return {
      do: 'show',
      modal: noticeModal(`${named.person.name} is asked, and has three business days.`),
    };
  });
  onSubmit(deps, releaseModalIds.view, async ({ actor, ...sent }) => {
    const review = await letGo(deps, actor, readReleaseModal(sent));
    return isRefusal(review) ? review : { do: 'close' };
  });
}

function who(deps: Deps, userId: string | undefined): Promise<Person | undefined> {
  const teamId = deps.workspaceId;
  return userId ? deps.knowPerson({ teamId, userId }) : Promise.resolve(undefined);
}

function registerTaps(deps: Deps): void {
  for (const [id, tap] of [
    [talkIds.learned, 'learned'],
    [talkIds.again, 'again'],
  ] as const) {
    onClick(deps, id, async ({ actor, value }) => {
      const known = await tapClose(deps, actor, readPromptValue(value), tap);
      if (isRefusal(known)) return known;
      deps.wake();
      return undefined;
    });
  }
  for (const [id, inBd] of [
    [talkIds.breatheToday, 0],
    [talkIds.breatheTomorrow, 1],
    [talkIds.breatheLater, 2],
  ] as const) {
    onClick(deps, id, async ({ actor, value }) => {
      const known = await breathe(deps, actor, { reviewId: value as ReviewId, inBd });
      if (isRefusal(known)) return known;
      deps.wake();
      return undefined;
    });
  }
}
