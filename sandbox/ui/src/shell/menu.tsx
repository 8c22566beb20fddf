import {
  createContext,
  type KeyboardEvent,
  type ReactNode,
  use,
  useEffect,
  useRef,
  useState,
} from 'react';
import { Popover } from '../elements/popover.tsx';

interface Props {
  readonly label: string;
  readonly icon: ReactNode;
  readonly className: string;
  readonly children: ReactNode;
}

const CloseMenu = createContext<() => void>(() => {});

/** A button that opens a list of things to do; arrows move, Escape goes back to the button. */
export function Menu({ label, icon, className, children }: Props) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {icon}
      </button>
      {isOpen && (
        <Popover anchor={button} onDismiss={close} alignEnd>
          <CloseMenu value={close}>
            <MenuList label={label}>{children}</MenuList>
          </CloseMenu>
        </Popover>
      )}
    </>
  );
}

function MenuList({ label, children }: { label: string; children: ReactNode }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => list.current?.querySelector('button')?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    const step = event.key === 'ArrowDown' ? 1 : -1;
    items[(at + step + items.length) % items.length]?.focus();
  };
  return (
    <div ref={list} role="menu" aria-label={label} className="menu" onKeyDown={onKeyDown}>
      {children}
    </div>
  );
}

export function MenuItem({ onPick, children }: { onPick: () => void; children: ReactNode }) {
  const close = use(CloseMenu);
  const pick = () => {
    close();
    onPick();
  };
  return (
    <button type="button" role="menuitem" className="menu-item" onClick={pick}>
      {children}
    </button>
  );
}
