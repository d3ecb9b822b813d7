// Files that are made here and taken along.

/** How long a file can be fetched from where it was made. */
const KEPT_MS = 60_000;

/** Saves a file that was made here. */
export function save(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Some browsers only begin to read it once this is over.
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}
