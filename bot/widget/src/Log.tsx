import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { DownIcon } from "./icons";
import { Bot, Own } from "./Message";
import type { Conversation } from "./conversation";
import { chosenFrom, lastSaid, taken, type State } from "./state";
import { strings } from "./strings";

const NEAR_END_PX = 80;
const SLOW_AFTER_MS = 20_000;

/** The messages. New ones scroll into view, from their start on, unless the person is reading further up. */
export function Log({ state, talk }: { state: State; talk: Conversation }) {
  const { entries, typing, phase, online } = state;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const shown = useRef(0);
  const [below, setBelow] = useState(false);
  const said = lastSaid(entries);

  const onScroll = (): void => {
    const box = log.current;
    if (box === null) return;
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
    if (atEnd.current) setBelow(false);
  };

  /**
   * To the end, but never so far that the start of the newest turn is out of sight: long answers are read from their
   * top, and an emergency before everything.
   */
  const newestTop = (box: HTMLElement): number => {
    const turns = box.querySelectorAll<HTMLElement>(".message.own");
    const turn = turns[turns.length - 1];
    const alarm = box.querySelector<HTMLElement>(turn ? ".newest ~ .emergency" : ".emergency");
    return Math.max(0, ((alarm ?? turn)?.offsetTop ?? 0) - 12);
  };

  const toNewest = (): void => {
    const box = log.current;
    if (box === null) return;
    const end = box.scrollHeight - box.clientHeight;
    box.scrollTop = Math.min(end, newestTop(box));
    onScroll();
    setBelow(!atEnd.current);
  };

  /** From further up to the start of the newest turn; within it one screen on, so that no line is passed over. */
  const onward = (): void => {
    const box = log.current;
    if (box === null) return;
    const page = box.scrollTop + box.clientHeight * 0.85;
    box.scrollTop = Math.max(page, newestTop(box));
    onScroll();
  };

  const toEnd = (): void => log.current?.scrollTo({ top: log.current.scrollHeight });

  const last = entries[entries.length - 1];
  useLayoutEffect(() => {
    const grown = entries.length > shown.current;
    shown.current = entries.length;
    if (!grown) return;
    const alarm = last?.from === "bot" && last.message.tone === "emergency";
    if (atEnd.current || last?.from === "you" || alarm) toNewest();
    else setBelow(true);
  }, [entries.length, last?.id]);
  useLayoutEffect(() => {
    if (atEnd.current) toNewest();
  }, [typing]);

  // The box below grows with what is typed: the end stays in sight.
  useEffect(() => {
    const box = log.current;
    if (box === null) return;
    const watch = new ResizeObserver(() => {
      if (atEnd.current) toEnd();
    });
    watch.observe(box);
    return () => watch.disconnect();
  }, []);

  return (
    <div class="log-frame">
      <div
        ref={log}
        class="log"
        role="log"
        aria-label={strings.log}
        aria-live="polite"
        aria-busy={phase !== "ready"}
        tabIndex={0}
        onScroll={onScroll}
      >
        {phase !== "ready" && entries.length === 0 && <p class="loading">{strings.loading}</p>}
        {entries.map((entry, at) =>
          entry.from === "you" ? (
            <Own key={entry.id} entry={entry} newest={at === said} online={online} />
          ) : (
            <Bot
              key={entry.id}
              message={entry.message}
              live={at > said}
              taken={taken(state, entry.message)}
              chosen={chosenFrom(entries, at)}
              choose={talk.choose}
              fetch={talk.document}
            />
          ),
        )}
        {typing && <Typing key="typing" />}
      </div>
      {below && (
        <button type="button" class="below" aria-label={strings.below} onClick={onward}>
          <DownIcon />
          <span>{strings.below}</span>
        </button>
      )}
    </div>
  );
}

function Typing() {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class={slow ? "" : "unseen"}>{slow ? strings.slow : strings.writing}</span>
    </div>
  );
}
