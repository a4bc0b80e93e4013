/**
 * `<script src="https://SERVER/widget.js" defer></script>` puts the chat on a page. Optional attributes of the tag:
 * `data-server` (default: where the script came from), `data-title`, `data-open` (open at once).
 */
import { render } from "preact";
import { Chat } from "./Chat";
import { conversation } from "./conversation";
import { tabMemory } from "./memory";
import { strings } from "./strings";
import { css } from "./styles";

// Only valid while the script first runs.
const tag = document.currentScript instanceof HTMLScriptElement ? document.currentScript : null;

function serverOf(script: HTMLScriptElement | null): string {
  const named = script?.dataset.server;
  if (named) return new URL(named, window.location.href).href.replace(/\/+$/, "");
  return new URL(".", script?.src || window.location.href).href.replace(/\/+$/, "");
}

function start(): void {
  const server = serverOf(tag);
  const memory = tabMemory(server);
  const host = document.createElement("div");
  host.id = "overturn-widget";
  const root = host.attachShadow({ mode: "open" });
  style(root);
  document.body.append(host);
  render(
    <Chat
      talk={conversation(server, memory)}
      memory={memory}
      title={tag?.dataset.title || strings.title}
      startOpen={tag?.dataset.open !== undefined && tag.dataset.open !== "false"}
    />,
    root,
  );
}

/** A constructed sheet works under any style policy of the page around us; browsers before 2023 get a style element. */
function style(root: ShadowRoot): void {
  if ("adoptedStyleSheets" in root) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } else {
    const element = document.createElement("style");
    element.textContent = css;
    (root as ShadowRoot).append(element);
  }
}

if (document.getElementById("overturn-widget") === null) {
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
}
