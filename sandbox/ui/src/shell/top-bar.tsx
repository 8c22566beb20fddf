import { useWorkspace } from '../live/workspace.ts';
import { Clock } from './clock.tsx';
import { MenuIcon } from './icons.tsx';
import { PersonSwitcher } from './person-switcher.tsx';

interface Props {
  readonly isMenuOpen: boolean;
  readonly onMenu: () => void;
}

/** Where and when we are, and who. */
export function TopBar({ isMenuOpen, onMenu }: Props) {
  const { state } = useWorkspace();
  return (
    <header className="top-bar">
      <button
        type="button"
        className="plain menu-button"
        aria-label="Channels"
        aria-expanded={isMenuOpen}
        onClick={onMenu}
      >
        <MenuIcon />
      </button>
      <div className="team">
        <strong>{state.team.name}</strong>
        <span>local sandbox – no Slack account</span>
      </div>
      <Clock />
      <PersonSwitcher />
    </header>
  );
}
