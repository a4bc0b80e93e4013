/**
 * The light Markdown of the bot's messages as a tree: paragraphs, lists, bold and links to https.
 * Everything else, HTML included, is text; the tree is drawn as text nodes, never as HTML.
 */

export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bold"; readonly of: readonly Inline[] }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export type Block =
  | { readonly kind: "paragraph"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "list"; readonly ordered: boolean; readonly start: number; readonly items: readonly (readonly Inline[])[] };

const BULLET = /^\s{0,3}[-*•]\s+(.*)$/;
const NUMBER = /^\s{0,3}(\d{1,3})[.)]\s+(.*)$/;
const HEADING = /^#{1,4}\s+(.*)$/;
// A backslash takes the meaning of the sign after it, as in all Markdown: the server quotes people's words so.
const INLINE = /\\([\\*_[\]()#`-])|\*\*(\S(?:.*?\S)?)\*\*|\[([^\][]+)\]\((https:\/\/[^\s()]+)\)/;

export function blocks(text: string): Block[] {
  const made: Block[] = [];
  let lines: (readonly Inline[])[] = [];
  let list: { ordered: boolean; start: number; items: (readonly Inline[])[] } | null = null;

  const close = (): void => {
    if (lines.length > 0) made.push({ kind: "paragraph", lines });
    if (list !== null) made.push({ kind: "list", ...list });
    lines = [];
    list = null;
  };

  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const bullet = BULLET.exec(line);
    const number = bullet ? null : NUMBER.exec(line);
    if (bullet || number) {
      const ordered = number !== null;
      if (list === null || (list as { ordered: boolean }).ordered !== ordered) {
        close();
        list = { ordered, start: Number(number?.[1] ?? 1), items: [] };
      }
      list.items.push(inline((bullet?.[1] ?? number?.[2] ?? "").trim()));
    } else if (line.trim() === "") {
      close();
    } else {
      if (list !== null) close();
      const heading = HEADING.exec(line);
      lines.push(heading ? [{ kind: "bold", of: inline(heading[1] ?? "") }] : inline(line.trim()));
    }
  }
  close();
  return made;
}

function inline(text: string): Inline[] {
  const made: Inline[] = [];
  let rest = text;
  for (let found = INLINE.exec(rest); found !== null; found = INLINE.exec(rest)) {
    const [whole, sign, bold, label, address] = found;
    push(made, rest.slice(0, found.index));
    if (sign !== undefined) push(made, sign);
    else if (bold !== undefined) made.push({ kind: "bold", of: inline(bold) });
    else made.push({ kind: "link", text: label ?? "", href: address ?? "" });
    rest = rest.slice(found.index + whole.length);
  }
  push(made, rest);
  return made;
}

function push(made: Inline[], text: string): void {
  if (text === "") return;
  const last = made[made.length - 1];
  if (last?.kind === "text") made[made.length - 1] = { kind: "text", text: last.text + text };
  else made.push({ kind: "text", text });
}
