import { useEffect, useRef, useState } from "preact/hooks";
import { MenuIcon } from "./icons";
import { strings } from "./strings";

export interface MenuItem {
  readonly label: string;
  readonly act: () => void;
}

/** A button that unfolds a short list of buttons; Escape and a click elsewhere fold it again. */
export function Menu({ items }: { items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const away = (event: Event): void => {
      if (frame.current && !event.composedPath().includes(frame.current)) setOpen(false);
    };
    window.addEventListener("pointerdown", away);
    return () => window.removeEventListener("pointerdown", away);
  }, [open]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open) return;
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };

  return (
    <div ref={frame} class="menu" onKeyDown={onKeyDown}>
      <button ref={button} type="button" class="plain" aria-label={strings.menu} aria-expanded={open} onClick={() => setOpen(!open)}>
        <MenuIcon />
      </button>
      {open && (
        <ul>
          {items.map(({ label, act }) => (
            <li>
              <button
                type="button"
                onClick={() => {
                  button.current?.focus();
                  setOpen(false);
                  act();
                }}
              >
                {label}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
