import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { strings } from "./strings";

/** The panel's inside, onto which files can be dragged. */
export function Drop({ attach, children }: { attach(files: readonly File[]): void; children: ComponentChildren }) {
  const [over, setOver] = useState(false);
  const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  return (
    <div
      class="drop"
      onDragOver={(event) => {
        if (!holdsFile(event)) return;
        event.preventDefault(); // else the browser would open the file in place of the page
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!holdsFile(event)) return;
        event.preventDefault();
        setOver(false);
        attach(Array.from(event.dataTransfer?.files ?? []));
      }}
    >
      {children}
      {over && (
        <div class="drop-here" aria-hidden="true">
          {strings.drop}
        </div>
      )}
    </div>
  );
}
