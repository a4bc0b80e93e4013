import { StateIcon } from "./icons";
import type { Card as CardShape, CardType, Row } from "./shapes";
import { strings } from "./strings";

interface Props {
  card: CardShape;
  /** False once one of its choices was taken: the others no longer work. */
  live: boolean;
  choose(button: { id: string; title: string }): void;
}

/** What was read, checked, or is due: one row a fact. A state is said by its word, its icon and its colour; a row just read has none to say. */
export function Card({ card, live, choose }: Props) {
  return (
    <section class={`card card-${card.type}`} aria-label={card.title}>
      <h3>{card.title}</h3>
      <ul>
        {card.rows.map((row) => (
          <CardRow row={row} live={live} type={card.type} choose={choose} />
        ))}
      </ul>
    </section>
  );
}

/**
 * In a deadline card the value is the safe date, and large. In a reading card the source is what the text says,
 * elsewhere where a rule stands. Words that only repeat the value are left out: a letter gives many rows.
 */
function CardRow({ row, live, type, choose }: { row: Row; live: boolean; type: CardType } & Pick<Props, "choose">) {
  const { choice, state } = row;
  const who = row.who in strings.who ? strings.who[row.who as keyof typeof strings.who] : row.who;
  const open = state === "missing" || state === "closed" || state === "conflict";
  const repeated = type === "reading" && plain(row.value).startsWith(plain(row.source));
  return (
    <li class={`row row-${state}`}>
      <div class="row-text">
        <div class="row-label">{row.label}</div>
        {row.value !== "" && <div class="row-value">{row.value}</div>}
        {who !== "" && <div class="row-small">{open ? strings.can(who) : strings.from(who)}</div>}
        {row.source !== "" && !repeated && (
          <div class="row-small">{type === "reading" ? strings.quoted(row.source) : strings.source(row.source)}</div>
        )}
      </div>
      <div class="row-side">
        {state !== "read" && (
          <span class="state">
            <StateIcon state={state} />
            {strings.states[state]}
          </span>
        )}
        {choice !== null && (
          <button
            type="button"
            class="change"
            aria-disabled={!live}
            tabIndex={live ? 0 : -1}
            aria-label={strings.changeRow(row.label)}
            onClick={() => live && choose({ id: choice, title: strings.changeRow(row.label) })}
          >
            {strings.change}
          </button>
        )}
      </div>
    </li>
  );
}

function plain(words: string): string {
  return words.replace(/\s+/g, " ").trim().toLowerCase();
}
