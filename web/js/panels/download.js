/** @param content text, or a data URL where the type is null */
export function download(name, type, content) {
  const link = document.createElement('a');
  link.download = name;
  link.href = type === null ? content : URL.createObjectURL(new Blob([content], { type }));
  link.click();
  if (type !== null) setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
