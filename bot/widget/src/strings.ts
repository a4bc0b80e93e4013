/** Every word the widget itself says. A new language is one more table with the same keys. */

const english = {
  launcher: "Help with a denied scan",
  title: "Overturn",
  panel: "Chat about a denied scan",
  safety: "Not medical or legal advice. In an emergency call 911.",
  log: "Conversation",
  loading: "Opening the conversation…",

  you: "You",
  bot: "Overturn",
  emergency: "Emergency",
  writing: "Overturn is writing…",
  slow: "This is taking longer than usual. Your message is safe.",
  sending: "Sending…",
  waiting: "Not sent yet. It will go as soon as you are back online.",
  below: "More below",

  offline: "The connection was lost. Trying again…",
  cannotStart: "The chat can't be reached just now. Please try again in a moment.",
  retry: "Try again",
  ended: "This conversation is no longer open. It may have expired or been deleted.",
  left: "This computer has forgotten the conversation.",
  startNew: "Start a new conversation",
  deleted: "Everything was deleted.",
  fresh: "This is a new conversation.",

  inputLabel: "Your message",
  placeholder: "Type or paste here",
  send: "Send",
  attach: "Attach your letter: PDF, Word file or photo",
  file: (name: string) => `Document: ${name}`,
  uploading: "Sending your document…",
  reading: "Reading your document…",
  drop: "Let go to send this document",
  fileTooLarge: "This file is too large. I can take up to 20 MB. Please send only the pages of the denial letter.",
  fileNotSent: "The document could not be sent. Please try again, or paste the text of the letter.",
  charactersLeft: (left: string) => `${left} characters left`,
  charactersOver: (over: string) => `${over} characters over the limit. Please send only the pages that matter.`,
  notSent: "That could not be sent. Please try again.",
  noButton: "That choice could not be sent. Please try again.",
  dismiss: "Close this note",

  menu: "Menu",
  minimize: "Close the chat window",
  deleteAll: "Delete everything",
  deleteAsk: "Delete everything?",
  deleteWhat:
    "This deletes the conversation, what you told us and your letters. It can't be undone. " +
    "Save any letter you need first.",
  deleteYes: "Yes, delete everything",
  deleteFailed: "It could not be deleted just now. Nothing was changed. Please try again.",
  keep: "Keep it",
  keepFiles: "Keep the files I send",
  keepFilesNote:
    "From now on the files you send are kept with your case, encrypted, so that you can download them here. " +
    "“Delete everything” deletes them too.",
  dropFiles: "Do not keep the files I send",
  dropFilesNote: "From now on a file is deleted as soon as it has been read. Files kept before stay until you delete everything.",

  leave: "Leave this computer",
  leaveAsk: "Leave this computer?",
  leaveWhat:
    "This computer forgets the conversation, so the next person here can't see it. You can't open it again either: " +
    "save any letter you need first. To remove it from our server too, choose “Delete everything” instead.",
  leaveYes: "Yes, leave",
  stay: "Stay",

  showAll: "Show all",
  showLess: "Show less",
  chosen: "chosen",
  change: "Change",
  changeRow: (label: string) => `Change: ${label}`,
  source: (source: string) => `Source: ${source}`,
  quoted: (words: string) => `In the text: “${words}”`,
  states: {
    confirm: "Please check",
    met: "In place",
    missing: "Missing",
    closed: "Does not fit",
    conflict: "Answers differ",
  },
  who: { patient: "you", clinic: "your clinic", payer: "your health plan", staff: "your clinic", document: "your letter" },
  from: (who: string) => `From ${who}`,
  can: (who: string) => `Who can supply it: ${who}`,

  documents: "Your documents",
  read: "Read",
  readDocument: (title: string) => `Read: ${title}`,
  download: (title: string, format: string) => `Download ${title} as ${format}`,
  formats: { html: "Web page", pdf: "PDF", docx: "Word", png: "PNG picture", jpeg: "JPEG picture", txt: "Text" },
  opening: "Opening…",
  documentFailed: "The document could not be opened. Please try again.",
  close: "Close",
};

export type Strings = typeof english;

const languages: Record<string, Strings> = { en: english };

/** The language of the page if we speak it, else English. */
export const language = ((): string => {
  const wanted = (document.documentElement.lang || "en").toLowerCase().split("-")[0] ?? "en";
  return wanted in languages ? wanted : "en";
})();

export const strings: Strings = languages[language] ?? english;
