import { Mrkdwn } from '../blocks/text-view.tsx';
import type { LocalLine } from '../live/use-local-lines.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';

/** My words on their way, or what Slackbot would tell me about a command that failed. */
export function LocalLineRow({ line }: { line: LocalLine }) {
  const { me } = useWorkspace();
  if (line.kind === 'notice') {
    return (
      <article className="message notice" aria-label="Notice">
        <span className="avatar large notice-face" aria-hidden="true">
          !
        </span>
        <div className="message-body">
          <p className="message-head">
            <strong>Slackbot</strong> <span className="only-you">Only visible to you</span>
          </p>
          <Mrkdwn text={line.text} />
        </div>
      </article>
    );
  }
  return (
    <article className="message sending" aria-busy="true">
      <Avatar user={me.id} />
      <div className="message-body">
        <p className="message-head">
          <strong>{me.realName || me.name}</strong>
        </p>
        <Mrkdwn text={line.text} />
      </div>
    </article>
  );
}
