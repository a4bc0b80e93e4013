import { useEffect, useRef, useState } from "preact/hooks";
import { CloseIcon, PageIcon } from "./icons";
import type { DocumentLink, Format } from "./shapes";
import { strings } from "./strings";

type Fetch = (id: string, format: Format) => Promise<Blob>;

/** The letters of one message: each can be read here or saved. */
export function Documents({ documents, fetch }: { documents: readonly DocumentLink[]; fetch: Fetch }) {
  return (
    <section class="documents" aria-label={strings.documents}>
      <ul>
        {documents.map((document) => (
          <DocumentItem document={document} fetch={fetch} />
        ))}
      </ul>
    </section>
  );
}

function DocumentItem({ document, fetch }: { document: DocumentLink; fetch: Fetch }) {
  const [page, setPage] = useState<string | null>(null);
  const [busy, setBusy] = useState<Format | null>(null);
  const [failed, setFailed] = useState(false);

  const get = async (format: Format): Promise<void> => {
    if (busy !== null) return;
    setBusy(format);
    setFailed(false);
    try {
      const blob = await fetch(document.id, format);
      if (format === "html") setPage(await blob.text());
      else save(blob, `${fileName(document.title)}.${format}`);
    } catch {
      setFailed(true);
    }
    setBusy(null);
  };

  return (
    <li class="document">
      <div class="document-title">
        <PageIcon />
        {document.title}
      </div>
      <div class="document-ways">
        {document.formats.map((format) => (
          <button
            type="button"
            class={format === "html" ? "small primary" : "small"}
            aria-disabled={busy !== null}
            aria-label={
              format === "html"
                ? strings.readDocument(document.title)
                : strings.download(document.title, strings.formats[format])
            }
            onClick={() => void get(format)}
          >
            {busy === format ? strings.opening : format === "html" ? strings.read : strings.formats[format]}
          </button>
        ))}
      </div>
      {failed && (
        <p class="problem" role="alert">
          {strings.documentFailed}
        </p>
      )}
      {page !== null && <Reader title={document.title} page={page} close={() => setPage(null)} />}
    </li>
  );
}

/**
 * A letter over the whole page. It is shown in a frame that may run nothing and fetch nothing: the frame has no scripts,
 * forms or origin of its own, and the policy in front of the letter allows only its own styles and embedded pictures.
 */
function Reader({ title, page, close }: { title: string; page: string; close(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
  const head = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank">`;
  return (
    <dialog ref={dialog} class="reader" aria-label={title} onClose={close}>
      <header>
        <h2>{title}</h2>
        <button type="button" class="plain" aria-label={strings.close} onClick={() => dialog.current?.close()}>
          <CloseIcon />
        </button>
      </header>
      <iframe title={title} sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc={head + page} />
    </dialog>
  );
}

/** Saves under the document's title, less what file systems refuse. */
function fileName(title: string): string {
  return title.replace(/[\\/:*?"<>|\s\u0000-\u001f]+/g, " ").trim().slice(0, 80) || "document";
}

function save(blob: Blob, name: string): void {
  const link = window.document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
