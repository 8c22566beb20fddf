import appIcon from '../icon.svg';
import { hueOf, initialsOf, nameOf } from '../lib/people.ts';
import { useWorkspace } from '../live/workspace.ts';

interface Props {
  readonly user: string;
  readonly size?: 'small' | 'large';
}

/** A face without a picture: initials on a colour of one's own. The app has its sign. */
export function Avatar({ user, size = 'large' }: Props) {
  const { state } = useWorkspace();
  if (user === state.app.userId) {
    return <img className={`avatar ${size}`} src={appIcon} alt="" />;
  }
  return (
    <span
      className={`avatar ${size}`}
      style={{ '--hue': hueOf(user) } as React.CSSProperties}
      aria-hidden="true"
    >
      {initialsOf(nameOf(state, user))}
    </span>
  );
}
