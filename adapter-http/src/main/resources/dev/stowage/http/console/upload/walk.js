// The files of a drop or a choice, each with its path in the dropped folders.

/** The files of `<input type="file">`, also of whole folders. */
export const chosenFiles = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }))

/** The files of a drop, and the paths of what can't be read, as `{ files, unreadable }`; folders are read to the bottom. */
export async function droppedFiles(transfer) {
  // The items are valid only until the first wait.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean)
  const found = { files: [], unreadable: [] }
  if (entries.length === 0) found.files = chosenFiles(transfer.files)
  for (const entry of entries) await walk(entry, '', found)
  return found
}

async function walk(entry, folder, found) {
  const path = folder + entry.name
  try {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject))
      found.files.push({ file, path })
      return
    }
    const reader = entry.createReader()
    for (;;) {
      // A call returns at most a hundred entries in some browsers.
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
      if (some.length === 0) return
      for (const child of some) await walk(child, `${path}/`, found)
    }
  } catch {
    found.unreadable.push(path)
  }
}
