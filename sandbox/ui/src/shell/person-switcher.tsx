import { useId } from 'react';
import { Combobox } from '../elements/combobox.tsx';
import { personGroups } from '../lib/people.ts';
import { useWorkspace } from '../live/workspace.ts';
import { Avatar } from './avatar.tsx';

/** Become somebody else. Their place in the workspace starts anew, for they see other channels. */
export function PersonSwitcher() {
  const { state, me, go } = useWorkspace();
  const id = useId();
  const groups = personGroups(state.users);
  const selected = groups.flatMap(({ choices }) => choices).filter(({ key }) => key === me.id);
  return (
    <div className="switcher">
      <span className="switcher-label" aria-hidden="true">
        Acting as
      </span>
      <Combobox
        field={{
          id,
          label: 'Acting as',
          describedBy: undefined,
          isInvalid: false,
          isOptional: false,
          isDisabled: false,
          focusOnLoad: undefined,
        }}
        source={{ groups }}
        selected={selected}
        placeholder="Choose a person"
        lead={<Avatar user={me.id} size="small" />}
        onChange={([choice]) => {
          if (choice) go({ as: choice.key, channel: null, thread: null, tab: 'messages' });
        }}
      />
    </div>
  );
}
