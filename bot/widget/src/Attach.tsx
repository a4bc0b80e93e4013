import { useRef } from "preact/hooks";
import { AttachIcon } from "./icons";
import { strings } from "./strings";

/** JPEG and no HEIC: a phone then gives its photos as JPEG by itself. */
const KINDS = ".pdf,.docx,.png,.jpg,.jpeg,.txt,application/pdf,image/png,image/jpeg,text/plain";

/** The button that asks for a file, and the browser's own way to choose one behind it. */
export function Attach({ attach }: { attach(file: File): void }) {
  const chooser = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={button}
        type="button"
        class="plain attach"
        aria-label={strings.attach}
        title={strings.attach}
        onClick={() => chooser.current?.click()}
      >
        <AttachIcon />
      </button>
      <input
        ref={chooser}
        type="file"
        accept={KINDS}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ""; // so that the same file can be chosen again
          if (file !== undefined) attach(file);
          button.current?.focus();
        }}
      />
    </>
  );
}
