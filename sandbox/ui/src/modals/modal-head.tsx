import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from '../shell/avatar.tsx';
import { BackIcon, CloseIcon } from '../shell/icons.tsx';

interface Props {
  readonly id: string;
  readonly title: string;
  /** A view pushed over another leads back to it. */
  readonly onBack: (() => void) | null;
  readonly onClose: () => void;
}

export function ModalHead({ id, title, onBack, onClose }: Props) {
  const { state } = useWorkspace();
  return (
    <div className="modal-head">
      {onBack === null ? (
        <Avatar user={state.app.userId} size="small" />
      ) : (
        <button type="button" className="plain" aria-label="Back" onClick={onBack}>
          <BackIcon />
        </button>
      )}
      <h2 id={id} dir="auto">
        {title}
      </h2>
      <button type="button" className="plain" aria-label="Close dialog" onClick={onClose}>
        <CloseIcon />
      </button>
    </div>
  );
}
