import { useEffect, useRef, useState } from "preact/hooks";
import { Ask } from "./Ask";
import { Composer } from "./Composer";
import type { Conversation } from "./conversation";
import { Drop } from "./Drop";
import { ChatIcon, CloseIcon } from "./icons";
import { Log } from "./Log";
import type { Memory } from "./memory";
import { Menu } from "./Menu";
import type { State } from "./state";
import { language, strings } from "./strings";

interface Props {
  talk: Conversation;
  memory: Memory;
  title: string;
  /** Open at once, unless the person has closed it in this tab. */
  startOpen: boolean;
}

type Asking = "delete" | "leave" | null;

/** The launcher and the panel. No session is made before the panel is opened for the first time. */
export function Chat({ talk, memory, title, startOpen }: Props) {
  const [state, setState] = useState<State>(talk.store.get());
  const [open, setOpen] = useState((memory.get("open") ?? (startOpen ? "yes" : "no")) === "yes");
  const [asking, setAsking] = useState<Asking>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const launcher = useRef<HTMLButtonElement>(null);
  /** The person opened or closed the panel: only then may it take the focus from the page. */
  const moved = useRef(false);

  useEffect(() => talk.store.subscribe(setState), [talk]);
  useEffect(() => {
    if (open) void talk.open();
    if (moved.current) (open ? input.current : launcher.current)?.focus();
  }, [open, talk]);

  const toggle = (show: boolean): void => {
    memory.set("open", show ? "yes" : "no");
    moved.current = true;
    setOpen(show);
  };

  if (!open) {
    return (
      <div class="overturn" lang={language}>
        <button ref={launcher} type="button" class="launcher" onClick={() => toggle(true)}>
          <ChatIcon />
          {strings.launcher}
        </button>
      </div>
    );
  }

  const { phase, notice } = state;
  const over = phase === "ended" || phase === "left" || phase === "failed";
  const menu = [
    { label: state.keepFiles ? strings.dropFiles : strings.keepFiles, act: () => talk.keepFiles(!state.keepFiles) },
    { label: strings.leave, act: () => setAsking("leave") },
    { label: strings.deleteAll, act: () => setAsking("delete") },
  ];
  const closeAsk = (): void => setAsking(null);

  return (
    <div class="overturn" lang={language}>
      <section
        class="panel"
        aria-label={strings.panel}
        onKeyDown={(event) => {
          // In a dialog Escape closes the dialog.
          if (event.key === "Escape" && !(event.target as Element).closest("dialog")) toggle(false);
        }}
      >
        <header>
          <h2>{title}</h2>
          {!over && <Menu items={menu} />}
          <button type="button" class="plain" aria-label={strings.minimize} onClick={() => toggle(false)}>
            <CloseIcon />
          </button>
        </header>
        <p class="safety">{strings.safety}</p>
        {over ? (
          <div class="gone">
            <p role={phase === "failed" ? "alert" : "status"}>
              {phase === "failed" ? notice?.text : phase === "left" ? strings.left : strings.ended}
            </p>
            <button type="button" class="small primary" onClick={() => void talk.open()}>
              {phase === "failed" ? strings.retry : strings.startNew}
            </button>
          </div>
        ) : (
          <Drop attach={talk.attach}>
            <Log state={state} talk={talk} />
          </Drop>
        )}
        {!over && !state.online && (
          <p class="banner" role="status">
            {strings.offline}
          </p>
        )}
        {phase !== "failed" && notice !== null && (
          <div class={`banner ${notice.kind}`} role={notice.kind === "error" ? "alert" : "status"}>
            <span>{notice.text}</span>
            <button type="button" class="plain" aria-label={strings.dismiss} onClick={talk.dismiss}>
              <CloseIcon />
            </button>
          </div>
        )}
        {!over && <Composer draft={state.draft} input={input} write={talk.write} send={talk.send} attach={talk.attach} />}
      </section>
      {asking === "leave" && (
        <Ask
          title={strings.leaveAsk}
          yes={strings.leaveYes}
          no={strings.stay}
          act={() => {
            talk.leave();
            return Promise.resolve(null);
          }}
          close={closeAsk}
        >
          <p>{strings.leaveWhat}</p>
        </Ask>
      )}
      {asking === "delete" && (
        <Ask title={strings.deleteAsk} yes={strings.deleteYes} no={strings.keep} danger act={talk.remove} close={closeAsk}>
          <p>{strings.deleteWhat}</p>
        </Ask>
      )}
    </div>
  );
}
