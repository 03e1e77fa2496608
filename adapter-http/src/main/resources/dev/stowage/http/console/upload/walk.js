// The files of a drop or a choice, each with its path in the dropped folders.

/** The files of `<input type="file">`, also of whole folders. */
export const chosenFiles = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }))

/** The files of a drop; folders are read to the bottom. */
export async function droppedFiles(transfer) {
  // The items are valid only until the first wait.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
  if (entries.length === 0) return chosenFiles(transfer.files)
  const files = []
  for (const entry of entries) await walk(entry, '', files)
  return files
}

async function walk(entry, folder, files) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject))
    files.push({ file, path: folder + file.name })
    return
  }
  const reader = entry.createReader()
  for (;;) {
    // A call returns at most a hundred entries in some browsers.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    for (const child of some) await walk(child, `${folder}${entry.name}/`, files)
  }
}
