/** Line icons, drawn here so that nothing is fetched. All are decoration: the words beside them say what they mean. */
import type { ComponentChildren } from "preact";
import type { RowState } from "./shapes";

function Icon({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const ChatIcon = () => (
  <Icon>
    <path d="M4 5h16v11H9l-5 4z" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
);
export const MenuIcon = () => (
  <Icon>
    <path d="M5 7h14M5 12h14M5 17h14" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);
export const AttachIcon = () => (
  <Icon>
    <path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14 7.5" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
);
export const PageIcon = () => (
  <Icon>
    <path d="M6 3h8l4 4v14H6zM9 12h6M9 16h6" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon>
    <path d="M12 4l9 16H3zM12 10v4M12 17v.5" />
  </Icon>
);

const STATES: Record<Exclude<RowState, "read">, string> = {
  confirm: "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5",
  met: "M5 13l5 5 9-11",
  missing: "M12 5v9M12 18v.5",
  closed: "M6 12h12",
  conflict: "M8 5v14M8 5L5 8M8 5l3 3M16 19V5M16 19l-3-3M16 19l3-3",
};

export const StateIcon = ({ state }: { state: keyof typeof STATES }) => (
  <Icon>
    <path d={STATES[state]} />
  </Icon>
);
