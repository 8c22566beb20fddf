import type { ListenerDeps } from '../../deps.ts';
import { readLossQuestion } from '../../domain/loss-span.ts';
import { isRefusal } from '../../domain/refusal.ts';
import type { Subcommand } from '../../slack/subcommand.ts';
import { loadLosses } from './load-losses.ts';
import { buildLossesMessage } from './losses-message.ts';

/** `/deal losses`: the team's losses over a span, told apart by one thing; counts of nobody alone. */
export function digestSubcommands(deps: ListenerDeps): Subcommand[] {
  return [
    {
      word: 'losses',
      does: 'counts what was lost, by reason, competitor, phase or manager',
      usage: '/deal losses [90d] [by reason]',
      needs: 'nothing',
      run: async ({ text }) => {
        const question = readLossQuestion(text);
        if (isRefusal(question)) return question;
        const view = await deps.store.read((tx) => loadLosses(tx, deps, question));
        return buildLossesMessage(view);
      },
    },
  ];
}
