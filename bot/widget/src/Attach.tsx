import { useRef } from "preact/hooks";
import { AttachIcon } from "./icons";
import { strings } from "./strings";

/** JPEG and no HEIC: a phone then gives its photos as JPEG by itself. */
const KINDS = ".pdf,.docx,.png,.jpg,.jpeg,.txt,application/pdf,image/png,image/jpeg,text/plain";

/** The button that asks for files, and the browser's own way to choose one behind it. */
export function Attach({ attach }: { attach(files: readonly File[]): void }) {
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
        multiple
        hidden
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          event.currentTarget.value = ""; // so that the same file can be chosen again
          attach(files);
          button.current?.focus();
        }}
      />
    </>
  );
}
