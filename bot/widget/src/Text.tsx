import { blocks, type Inline } from "./markdown";

/** The bot's text; see markdown.ts for what it may hold. */
export function Markdown({ text }: { text: string }) {
  return (
    <>
      {blocks(text).map((block) => {
        if (block.kind === "paragraph") {
          return (
            <p>
              {block.lines.map((line, at) => (
                <>
                  {at > 0 && <br />}
                  <Pieces of={line} />
                </>
              ))}
            </p>
          );
        }
        const items = block.items.map((item) => (
          <li>
            <Pieces of={item} />
          </li>
        ));
        return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
      })}
    </>
  );
}

function Pieces({ of }: { of: readonly Inline[] }) {
  return (
    <>
      {of.map((piece) => {
        if (piece.kind === "text") return piece.text;
        if (piece.kind === "bold") {
          return (
            <strong>
              <Pieces of={piece.of} />
            </strong>
          );
        }
        return (
          <a href={piece.href} target="_blank" rel="noopener noreferrer">
            {piece.text}
          </a>
        );
      })}
    </>
  );
}
