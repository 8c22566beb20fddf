import { findReason } from '../../domain/loss-reasons.ts';
import { codeOf, fixables, whyClasses } from '../../domain/loss-story.ts';
import type { Person } from '../../domain/person.ts';
import { winnableKey } from '../../domain/prompts.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/refusal.ts';
import { entriesOn } from '../../domain/review-flow.ts';
import { follow, keep, type TalkDeps } from './keep-word.ts';
import type { KnownReview } from './known-review.ts';
import { reachPrompt } from './reach-prompt.ts';
import type { PromptAddress } from './talk-ids.ts';
import { deservedOptions, maySeeVotes } from './vote-words.ts';

/** What a vote says; as it was chosen. */
export interface VoteForm {
  readonly whyClass: string | undefined;
  readonly reasonCode: string | undefined;
  readonly fixable: string | undefined;
  readonly deserved: string | undefined;
}

/**
 * Keeps a vote. Whoever voted sees how it stands, so a vote stands as it was cast: the same form
 * again, or another one, changes nothing. The owner's own choice is no vote and may be changed.
 */
export async function castVote(
  deps: TalkDeps,
  actor: Person,
  address: PromptAddress,
  form: VoteForm,
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  const choices = readChoices(address.promptKey, form);
  if (isRefusal(choices)) return choices;
  return deps.store.transaction(async (tx) => {
    const reached = await reachPrompt(tx, actor, address);
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    const one = known.asked.find(({ promptKey }) => promptKey === prompt.key);
    const isVote = prompt.form === 'vote';
    if ((!isVote && prompt.form !== 'choice') || !one) {
      return refuse('no_vote', 'There is no vote on that yet.');
    }
    if (isVote && one.closedAt) {
      return refuse('vote_over', 'This vote is over; its counts are in the thread.');
    }
    if (isVote && maySeeVotes(known, prompt.key, actor)) return known;
    await keep(tx, known, actor, { kind: 'vote', prompt, text: undefined, choices, now });
    return follow(tx, known, prompt, { ...deps.time, now });
  });
}

function readChoices(promptKey: string, form: VoteForm): Record<string, string> | Refusal {
  if (promptKey === 'two_boxes') return readBoxes(form);
  return promptKey === winnableKey ? readWinnable(form) : readDeserved(form);
}

function readWinnable(form: VoteForm): Record<string, string> | Refusal {
  const fixable = codeOf(fixables, form.fixable);
  return fixable
    ? { fixable }
    : refuse('no_fixable', 'Say whether we could have won it.', 'fixable');
}

function readBoxes(form: VoteForm): Record<string, string> | Refusal {
  const whyClass = codeOf(whyClasses, form.whyClass);
  if (!whyClass) return refuse('no_box', 'Pick one of the two boxes.', 'why_class');
  if (!findReason(form.reasonCode ?? '')) {
    return refuse('no_reason', 'Pick the reason that comes closest.', 'reason');
  }
  const winnable = readWinnable(form);
  if (isRefusal(winnable)) return winnable;
  return { whyClass, reasonCode: form.reasonCode ?? '', ...winnable };
}

function readDeserved(form: VoteForm): Record<string, string> | Refusal {
  const deserved = codeOf(deservedOptions, form.deserved);
  return deserved ? { deserved } : refuse('no_vote', 'Pick one.', 'deserved');
}

/** One of the two taps of the close; a second one takes it back. */
export async function tapClose(
  deps: TalkDeps,
  actor: Person,
  address: PromptAddress,
  tap: 'learned' | 'again',
): Promise<KnownReview | Refusal> {
  const now = deps.clock.now();
  return deps.store.transaction(async (tx) => {
    const reached = await reachPrompt(tx, actor, address);
    if (isRefusal(reached)) return reached;
    const { known, prompt } = reached;
    const before = entriesOn(known, 'close').find(({ authorId }) => authorId === actor.id);
    const choices = { ...before?.choices, [tap]: before?.choices[tap] === 'yes' ? 'no' : 'yes' };
    await keep(tx, known, actor, { kind: 'vote', prompt, text: undefined, choices, now });
    return follow(tx, known, prompt, { ...deps.time, now });
  });
}
