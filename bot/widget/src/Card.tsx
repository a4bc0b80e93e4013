import { StateIcon } from "./icons";
import type { Card as CardShape, CardType, Row } from "./shapes";
import { strings } from "./strings";

interface Props {
  card: CardShape;
  /** False once one of its choices was taken: the others no longer work. */
  live: boolean;
  choose(button: { id: string; title: string }): void;
}

/** What was read, checked, or is due: one row a fact. A state is said by its word, its icon and its colour. */
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
 * elsewhere where a rule stands.
 */
function CardRow({ row, live, type, choose }: { row: Row; live: boolean; type: CardType } & Pick<Props, "choose">) {
  const { choice } = row;
  const who = row.who in strings.who ? strings.who[row.who as keyof typeof strings.who] : row.who;
  const open = row.state === "missing" || row.state === "closed" || row.state === "conflict";
  return (
    <li class={`row row-${row.state}`}>
      <div class="row-head">
        <span class="row-label">{row.label}</span>
        <span class="state">
          <StateIcon state={row.state} />
          {strings.states[row.state]}
        </span>
      </div>
      <div class="row-body">
        <div class="row-text">
          {row.value !== "" && <div class="row-value">{row.value}</div>}
          {who !== "" && <div class="row-small">{open ? strings.can(who) : strings.from(who)}</div>}
          {row.source !== "" && (
            <div class="row-small">{type === "reading" ? strings.quoted(row.source) : strings.source(row.source)}</div>
          )}
        </div>
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
