import { readCommand } from '../lib/suggest-commands.ts';
import { useWorkspace } from '../live/workspace.ts';

/** Sends what was typed: a command to the app, anything else to the people. */
export function useSend(channel: string, thread: string | null): (typed: string) => Promise<void> {
  const { act, addLine } = useWorkspace();
  const notice = (text: string) => addLine({ kind: 'notice', channel, threadTs: thread, text });

  const command = async (name: string, text: string) => {
    if (thread !== null) {
      notice(`\`${name}\` does not work in threads. Type it in the channel instead.`);
      return;
    }
    const result = await act({ do: 'command', channel, command: name, text });
    if (!result.ok) notice(result.error ?? `\`${name}\` failed. Try again.`);
  };
  const say = async (text: string) => {
    const arrived = addLine({ kind: 'sending', channel, threadTs: thread, text });
    const result = await act({
      do: 'say',
      channel,
      text,
      ...(thread === null ? {} : { threadTs: thread }),
    });
    arrived();
    if (!result.ok) notice(`Your message was not sent: ${result.error ?? 'try again.'}`);
  };
  return (typed) => {
    const parsed = readCommand(typed);
    return parsed === null ? say(typed) : command(parsed.command, parsed.text);
  };
}
