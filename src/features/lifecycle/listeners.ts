import type { ListenerDeps } from '../../deps.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import {
  type EndedHands,
  handleInvalidCommand,
  handleReopenCommand,
  registerEnded,
} from './ended-listeners.ts';
import {
  handlePauseCommand,
  handleReassignCommand,
  handleResumeCommand,
  handleSplitCommand,
  registerOpen,
} from './open-listeners.ts';

/** The words of `/deal` about what becomes of a deal besides won and lost. */
export function lifecycleSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'pause',
      does: 'lets a deal rest until a day, 60 days at most',
      usage: '/deal pause Acme',
      needs: 'deal',
      run: (call, deal) => handlePauseCommand(deps, call, deal.id),
    },
    {
      word: 'resume',
      does: 'goes on with a paused deal',
      usage: '/deal resume Acme',
      needs: 'deal',
      run: (call, deal) => handleResumeCommand(deps, call, deal.id),
    },
    {
      word: 'reopen',
      does: 'begins a lost deal again, with what it taught',
      usage: '/deal reopen Acme',
      needs: 'nothing',
      run: (call) => handleReopenCommand(deps, call),
    },
    {
      word: 'reassign',
      does: 'hands a deal over to a colleague, with all they need',
      usage: '/deal reassign Acme',
      needs: 'deal',
      run: (call, deal) => handleReassignCommand(deps, call, deal.id),
    },
    {
      word: 'split',
      does: 'makes two deals of one, so that one lot can be won',
      usage: '/deal split Acme',
      needs: 'deal',
      run: (call, deal) => handleSplitCommand(deps, call, deal.id),
    },
    {
      word: 'invalid',
      does: 'takes out a duplicate, or a deal that never was',
      usage: '/deal invalid Acme',
      needs: 'nothing',
      run: (call) => handleInvalidCommand(deps, call),
    },
  ];
}

/** The modals and buttons of those words. */
export function registerLifecycle(deps: ListenerDeps, hands: EndedHands): void {
  registerOpen(deps);
  registerEnded(deps, hands);
}
